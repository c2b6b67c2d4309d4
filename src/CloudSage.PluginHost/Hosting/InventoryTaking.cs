using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Looks at the plugins of a folder one by one, and holds each against the lock file and the operator's decisions.</summary>
internal sealed class InventoryTaking(IServiceProvider rooms, LockState locked, HostState state)
{
    private readonly CandidateStaging _staging = rooms.GetRequiredService<CandidateStaging>();
    private readonly StagedManifest _manifests = rooms.GetRequiredService<StagedManifest>();
    private readonly PluginVerifier _verifier = rooms.GetRequiredService<PluginVerifier>();
    private readonly CompletenessCheck _completeness = rooms.GetRequiredService<CompletenessCheck>();
    private readonly RegisteredContent _registered = rooms.GetRequiredService<RegisteredContent>();

    /// <summary>Looks at what lies in the folder.</summary>
    public async Task<InventoryEntry> TakeAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        Finding[] incomplete = [.. candidate.Findings, .. _completeness.Check(candidate, cancellationToken)];
        if (incomplete.Any(static f => f.Severity == FindingSeverity.Error)) return Unreadable(candidate, null, incomplete);
        var staged = await _staging.StageAsync(candidate, cancellationToken).ConfigureAwait(false);
        if (staged.Value is not { } files) return Unreadable(candidate, null, [.. incomplete, .. staged.Findings]);
        var read = _manifests.Read(files, candidate.Kind);
        if (read.Value is not { } manifest) return Unreadable(candidate, files.Hash, [.. incomplete, .. staged.Findings, .. read.Findings]);
        var beside = await _registered.BesideAsync(manifest.Name, files.Hash, candidate.Path, locked, cancellationToken).ConfigureAwait(false);
        return Of(manifest, files, candidate, beside, [.. incomplete, .. staged.Findings, .. read.Findings, .. _verifier.Verify(manifest, files, candidate.Path).Findings]);
    }

    /// <summary>What is registered and was not seen.</summary>
    public IEnumerable<InventoryEntry> Missing(IReadOnlySet<string> seen) => (locked.Lock?.Plugins ?? new Dictionary<string, LockedPlugin>())
        .Where(p => !seen.Contains(p.Key))
        .Select(p => Decided(new InventoryEntry { Name = p.Key, Version = p.Value.Version, Standing = LockStanding.Missing, Locked = p.Value, Findings = [LockRule.Missing(p.Key, p.Value)] }));

    private InventoryEntry Of(PluginManifest manifest, StagedPlugin files, PluginCandidate candidate, string? beside, IReadOnlyList<Finding> found)
    {
        var ofName = locked.Lock?.Plugins.GetValueOrDefault(manifest.Name);
        // The line speaks of what lies beside it.
        var line = beside is null ? ofName : null;
        var differences = locked.Damage is not null ? [] : LockRule.Check(manifest.Name, manifest.Version, files.Hash, candidate.Path, locked, requireLock: false, beside);
        var held = line is null ? [] : GrantRule.Check(manifest, line.Permissions, p => line.Grants.Contains(p, StringComparer.Ordinal), names => GrantRule.HowToGrant(manifest.Name, candidate.Path, true, names));
        return Decided(new InventoryEntry
        {
            Name = manifest.Name, Version = manifest.Version, Type = PluginTypeNames.Of(manifest.Type), Hash = files.Hash, Source = candidate.Path, Locked = line,
            Standing = locked switch
            {
                { Damage: not null } => LockStanding.Unknown,
                { Lock: null } => LockStanding.NoLock,
                _ => line is null ? LockStanding.NotRegistered : line.Hash == files.Hash ? LockStanding.Registered : LockStanding.Drifted,
            },
            Permissions = manifest.Permissions,
            NotGranted = [.. manifest.Permissions.Select(static p => p.Name).Where(p => ofName?.Grants.Contains(p, StringComparer.Ordinal) != true)],
            Dependencies = [.. manifest.Dependencies.Select(static d => d.Name)],
            Findings = [.. differences.Concat(held).Concat(found).Distinct()],
        });
    }

    private InventoryEntry Unreadable(PluginCandidate candidate, string? hash, IReadOnlyList<Finding> findings)
    {
        var name = CandidateName.Of(candidate.Path);
        return Decided(new InventoryEntry
        {
            Name = name, Source = candidate.Path, Hash = hash, Standing = LockStanding.Unknown, Locked = locked.Lock?.Plugins.GetValueOrDefault(name), Findings = findings,
        });
    }

    private InventoryEntry Decided(InventoryEntry entry) => entry with
    {
        IsDisabled = state.IsDisabled(entry.Name),
        Quarantine = state.Quarantined.GetValueOrDefault(entry.Name) is { } q ? new PluginQuarantine(q.Version, q.Reason, q.At) : null,
    };
}
