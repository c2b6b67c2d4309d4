using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Staging;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Holds what lies in a plugin folder against its lock file.</summary>
internal static class FolderVerification
{
    public static async Task<IReadOnlyList<Finding>> VerifyAsync(IServiceProvider rooms, PluginLockFile file, CancellationToken cancellationToken)
    {
        var (staging, manifests) = (rooms.GetRequiredService<CandidateStaging>(), rooms.GetRequiredService<StagedManifest>());
        var registered = file.Read();
        var (findings, seen) = (new List<Finding>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var candidate in rooms.GetRequiredService<FolderScanner>().Scan(cancellationToken).Candidates)
        {
            var staged = await staging.StageAsync(candidate, cancellationToken).ConfigureAwait(false);
            if (staged.Value is not { } files || manifests.Read(files, candidate.Kind) is not { Value: { } manifest })
            {
                findings.AddRange(staged.Findings);
                if (staged.Value is not null) findings.AddRange(manifests.Read(staged.Value, candidate.Kind).Findings);
                continue;
            }

            seen.Add(manifest.Name);
            findings.AddRange(LockRule.Check(manifest.Name, manifest.Version, files.Hash, candidate.Path, new LockState(registered, null), requireLock: true));
        }

        findings.AddRange(registered.Plugins.Where(p => !seen.Contains(p.Key)).Select(p => LockRule.Missing(p.Key, p.Value)));
        return findings;
    }
}
