using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Staging;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Holds what lies in a plugin folder against its lock file.</summary>
internal static class FolderVerification
{
    public static async Task<IReadOnlyList<Finding>> VerifyAsync(IServiceProvider rooms, PluginLockFile file, CancellationToken cancellationToken)
    {
        var (staging, manifests, contents) = (rooms.GetRequiredService<CandidateStaging>(), rooms.GetRequiredService<StagedManifest>(), rooms.GetRequiredService<RegisteredContent>());
        var registered = file.Read();
        var state = new LockState(registered, null);
        var (findings, seen, named) = (new List<Finding>(), new HashSet<string>(StringComparer.Ordinal), new List<NamedCandidate>());
        foreach (var candidate in rooms.GetRequiredService<FolderScanner>().Scan(cancellationToken).Candidates)
        {
            var staged = await staging.StageAsync(candidate, cancellationToken).ConfigureAwait(false);
            var manifest = staged.Value is null ? null : manifests.Read(staged.Value, candidate.Kind);
            if (manifest?.Value is not { } read)
            {
                // Which plugin it is nobody can say: its findings do, and that of its name counts as there.
                seen.Add(CandidateName.Of(candidate.Path));
                findings.AddRange(staged.Findings.Concat(manifest?.Findings ?? []).Select(f => In(candidate, f)));
                continue;
            }

            seen.Add(read.Name);
            named.Add(new NamedCandidate(read.Name, candidate));
            var beside = await contents.BesideAsync(read.Name, staged.Value!.Hash, candidate.Path, state, cancellationToken).ConfigureAwait(false);
            findings.AddRange(LockRule.Check(read.Name, read.Version, staged.Value!.Hash, candidate.Path, state, requireLock: true, beside));
            if (beside is null && registered.Plugins.GetValueOrDefault(read.Name) is { } locked) findings.AddRange(Permissions(read, locked, file.Path));
        }

        findings.AddRange((await RivalChoice.OfAsync(rooms, named, cancellationToken).ConfigureAwait(false)).Shadowed.Values);
        findings.AddRange(registered.Plugins.Where(p => !seen.Contains(p.Key)).Select(p => LockRule.Missing(p.Key, p.Value)));
        return findings;
    }

    /// <summary>What somebody wrote into the lock file by hand, or merged.</summary>
    private static IEnumerable<Finding> Permissions(PluginManifest manifest, LockedPlugin locked, string path)
    {
        string[] asked = [.. manifest.Permissions.Select(static p => p.Name)];
        if (!asked.ToHashSet(StringComparer.Ordinal).SetEquals(locked.Permissions))
        {
            yield return Finding.Error(RegistrationCodes.Drift, $"{manifest.Name} asks for {Shown(asked)}, and the lock file says that it asks for {Shown(locked.Permissions)}.",
                "Take the lock file from your version control, or register the plugin anew.", new FindingLocation(path));
        }

        if (locked.Grants.Except(asked, StringComparer.Ordinal).ToArray() is { Length: > 0 } more)
        {
            yield return Finding.Warning(RegistrationCodes.NotAskedFor, $"{manifest.Name} is granted what it does not ask for: {Shown(more)}.",
                $"Take it back: csg plugins revoke {manifest.Name} {string.Join(' ', more)}", new FindingLocation(path));
        }
    }

    private static string Shown(IReadOnlyCollection<string> permissions) => permissions.Count == 0 ? "nothing" : string.Join(", ", permissions.Order(StringComparer.Ordinal));

    /// <summary>Findings about files name them relative to the plugin, of which there are many here.</summary>
    private static Finding In(PluginCandidate candidate, Finding finding)
        => finding with { Location = finding.Location is { } at ? at with { File = Path.Combine(Path.GetFileName(candidate.Path), at.File) } : new FindingLocation(candidate.Path) };
}
