using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Registration;

/// <summary>
/// The way in, for what lies in a plugin folder as for what an operator registers: takes a complete candidate, step by step, to a plugin that is fit to load.
/// The first step that refuses ends it.
/// </summary>
internal sealed class PluginPreparation(
    CandidateStaging staging, StagedManifest manifests, PluginVerifier verifier, PluginChecks checks, PluginLocks locks, RegisteredContent registered, PermissionPolicy permissions,
    IOptions<RegistrationOptions> options, TimeProvider clock)
{
    private const string StrictRefuses = " A host with a strict policy refuses this.";

    public async Task<Preparation> PrepareAsync(PluginCandidate candidate, PreparationContext context, CancellationToken cancellationToken)
    {
        var completeAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var ledger = new StepLedger(clock, context.Progress);

        var staged = await staging.StageAsync(candidate, cancellationToken).ConfigureAwait(false);
        var stagingTime = clock.GetElapsedTime(started);
        started = clock.GetTimestamp();
        var manifest = staged.Value is null ? StageResult<PluginManifest>.Failure(staged.Findings) : manifests.Read(staged.Value, candidate.Kind);
        if (!ledger.Pass(RegistrationStep.Manifest, context.Found.Concat(staged.Value is null ? manifest.Findings : staged.Findings.Concat(manifest.Findings))) || manifest.Value is not { } written) return Refused(ledger, manifest.Value, staged.Value);
        if (!ledger.Pass(RegistrationStep.Integrity, await IntegrityAsync(written, staged.Value!, context.Source ?? candidate.Path, context.IsRegistering, cancellationToken).ConfigureAwait(false))) return Refused(ledger, written, staged.Value);

        var descriptor = verifier.Verify(written, staged.Value!, candidate.Path);
        if (!ledger.Pass(RegistrationStep.Compatibility, descriptor.Findings.Concat(EnvironmentRule.Check(written, options.Value.Environment).Select(Lower))) || descriptor.Value is not { } plugin)
            return Refused(ledger, written, staged.Value);

        foreach (var step in checks.Steps)
        {
            if (!ledger.Pass(step, (await checks.ExamineAsync(step, plugin, p => context.IsRegistering || permissions.IsGranted(written.Name, candidate.Path, p), Lower, cancellationToken).ConfigureAwait(false)).Findings)) return Refused(ledger, written, staged.Value);
        }

        if (!ledger.Pass(RegistrationStep.Permissions, Permissions(written, candidate.Path, context))) return Refused(ledger, written, staged.Value);
        plugin = plugin with { Warnings = ledger.Findings };
        return new Preparation(new PreparedPlugin(plugin, stagingTime, clock.GetElapsedTime(started), completeAt) { Steps = ledger.Steps }, Report(ledger, written, staged.Value));
    }

    /// <summary>Asks the checks of some steps again about a plugin that was let in, as it lies in the store.</summary>
    public async Task<PluginReview> ReviewAsync(PreparedPlugin plugin, IReadOnlyCollection<RegistrationStep> steps, CancellationToken cancellationToken)
    {
        var withdraws = false;
        foreach (var step in steps)
        {
            var result = await checks.ExamineAsync(step, plugin.Descriptor, p => permissions.IsGranted(plugin.Descriptor.Name, plugin.Descriptor.Source, p), Lower, cancellationToken).ConfigureAwait(false);
            plugin = plugin.Judged(step, result.Findings);
            withdraws |= result.Withdraws;
        }

        return new PluginReview(plugin, withdraws);
    }

    private async Task<IEnumerable<Finding>> IntegrityAsync(PluginManifest manifest, StagedPlugin staged, string source, bool isRegistering, CancellationToken cancellationToken)
    {
        var state = locks.Of(source);
        if (state.Damage is { } damage) return [damage];
        // Registering is what puts it into the lock file.
        if (isRegistering) return [];
        var beside = await registered.BesideAsync(manifest.Name, staged.Hash, source, state, cancellationToken).ConfigureAwait(false);
        var findings = LockRule.Check(manifest.Name, manifest.Version, staged.Hash, source, state, options.Value.RequireLock, beside, locks.RegisteredElsewhere(manifest.Name, source));
        return options.Value.RequireLock ? findings : findings.Select(Lower);
    }

    private IEnumerable<Finding> Permissions(PluginManifest manifest, string source, PreparationContext context)
    {
        // Whoever registers is asked for the grants.
        if (context.IsRegistering) return [];
        var locked = locks.Of(context.Source ?? source).Lock?.Plugins.GetValueOrDefault(manifest.Name)?.Permissions;
        return GrantRule.Check(manifest, locked ?? context.Serving?.Invoke(manifest.Name), p => permissions.IsGranted(manifest.Name, source, p), names => permissions.HowToGrant(manifest.Name, context.Source ?? source, names));
    }

    private Finding Lower(Finding finding) => options.Value.IsStrict() || finding.Severity != FindingSeverity.Error ? finding
        : finding with { Severity = FindingSeverity.Warning, Message = finding.Message + StrictRefuses };

    private static Preparation Refused(StepLedger ledger, PluginManifest? manifest, StagedPlugin? staged) => new(null, Report(ledger, manifest, staged));

    private static RegistrationReport Report(StepLedger ledger, PluginManifest? manifest, StagedPlugin? staged) => new(manifest?.Name, manifest?.Version, staged?.Hash, ledger.Steps);
}
