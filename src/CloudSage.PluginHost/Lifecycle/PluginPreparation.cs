using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Takes a complete candidate to a plugin that is fit to load: stage, read the manifest, verify, ask the checks that were added.</summary>
internal sealed class PluginPreparation(CandidateStaging staging, StagedManifest manifests, PluginVerifier verifier, PluginChecks checks, TimeProvider clock)
{
    public async Task<Preparation> PrepareAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        var completeAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var staged = await staging.StageAsync(candidate, cancellationToken).ConfigureAwait(false);
        var stagingTime = clock.GetElapsedTime(started);
        if (staged.Value is null) return new Preparation(null, null, staged.Findings);

        started = clock.GetTimestamp();
        var manifest = manifests.Read(staged.Value, candidate.Kind);
        if (manifest.Value is null) return new Preparation(null, null, manifest.Findings);
        var descriptor = verifier.Verify(manifest.Value, staged.Value, candidate.Path);
        IReadOnlyList<Finding> findings = [.. staged.Findings, .. manifest.Findings, .. descriptor.Findings];
        if (descriptor.Value is not { } plugin) return new Preparation(null, manifest.Value.Name, findings);

        var checkedFindings = await checks.ExamineAsync(plugin, cancellationToken).ConfigureAwait(false);
        if (checkedFindings.Count > 0)
        {
            findings = [.. findings, .. checkedFindings];
            if (checkedFindings.Any(static f => f.Severity == FindingSeverity.Error)) return new Preparation(null, manifest.Value.Name, findings);
            plugin = plugin with { Warnings = [.. plugin.Warnings, .. checkedFindings] };
        }

        return new Preparation(new PreparedPlugin(plugin, stagingTime, clock.GetElapsedTime(started), completeAt), manifest.Value.Name, findings);
    }
}

/// <summary>What came of preparing a candidate.</summary>
/// <param name="Plugin">The plugin; null where it was refused.</param>
/// <param name="Name">The name in its manifest, where that could be read.</param>
/// <param name="Findings">Why it was refused, or what else was found.</param>
internal sealed record Preparation(PreparedPlugin? Plugin, string? Name, IReadOnlyList<Finding> Findings);
