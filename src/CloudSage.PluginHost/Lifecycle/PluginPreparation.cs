using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Takes a complete candidate to a plugin that is fit to load: stage, read the manifest, verify.</summary>
internal sealed class PluginPreparation(ContentStore store, StagedManifest manifests, PluginVerifier verifier, TimeProvider clock)
{
    public async Task<Preparation> PrepareAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        var completeAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var staged = await store.StageAsync(candidate, cancellationToken).ConfigureAwait(false);
        var stagingTime = clock.GetElapsedTime(started);
        if (staged.Value is null) return new Preparation(null, null, staged.Findings);

        started = clock.GetTimestamp();
        var manifest = manifests.Read(staged.Value, candidate.Kind);
        if (manifest.Value is null) return new Preparation(null, null, manifest.Findings);
        var descriptor = verifier.Verify(manifest.Value, staged.Value, candidate.Path);
        var prepared = descriptor.Value is null ? null : new PreparedPlugin(descriptor.Value, stagingTime, clock.GetElapsedTime(started), completeAt);
        return new Preparation(prepared, manifest.Value.Name, [.. manifest.Findings, .. descriptor.Findings]);
    }
}

/// <summary>What came of preparing a candidate.</summary>
/// <param name="Plugin">The plugin; null where it was refused.</param>
/// <param name="Name">The name in its manifest, where that could be read.</param>
/// <param name="Findings">Why it was refused, or what else was found.</param>
internal sealed record Preparation(PreparedPlugin? Plugin, string? Name, IReadOnlyList<Finding> Findings);
