using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Staging;

/// <summary>Takes a candidate into the store: as it is, or unpacked.</summary>
/// <param name="store">The store.</param>
/// <param name="scanner">Looks at what was unpacked as it does at a folder that somebody dropped in.</param>
/// <param name="own">Unpacks what nobody else does.</param>
/// <param name="unpackers">Unpackers of packages and of the embedder's; the first that can takes an archive.</param>
internal sealed class CandidateStaging(ContentStore store, FolderScanner scanner, SelfContainedUnpacker own, IEnumerable<IPluginUnpacker> unpackers)
{
    /// <summary>No archive in a plugin directory has such a name.</summary>
    private const string UnpackedName = ".unpacked";

    private readonly IPluginUnpacker[] _unpackers = [.. unpackers, own];

    /// <summary>Stages a candidate. Fails with <see cref="StagingCodes.ChangedWhileStaging"/> if it is no longer what the scan saw.</summary>
    public async Task<StageResult<StagedPlugin>> StageAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        if (candidate.Kind != CandidateKind.Archive) return await store.StageAsync(candidate, cancellationToken).ConfigureAwait(false);

        // Unpacked from a copy: what is judged is what is unpacked, whatever becomes of the file meanwhile.
        var copied = await store.CopyAsync(candidate, cancellationToken).ConfigureAwait(false);
        if (copied.Value is not { } copy) return StageResult<StagedPlugin>.Failure(copied.Findings);
        using (copy)
        {
            var name = Path.GetFileName(candidate.Path);
            var folder = Path.Combine(copy.Folder, UnpackedName);
            var findings = await UnpackAsync(Path.Combine(copy.Folder, name), folder, cancellationToken).ConfigureAwait(false);
            if (findings.Any(static f => f.Severity == FindingSeverity.Error)) return StageResult<StagedPlugin>.Failure(findings);

            if (scanner.Look(folder, cancellationToken) is not { } seen)
                return StageResult<StagedPlugin>.Failure(StagingFindings.UnpackingFailed(name, "there is nothing in it."));
            var staged = await store.StageAsync(seen, cancellationToken).ConfigureAwait(false);
            return StageResult<StagedPlugin>.From(staged.Value, [.. findings, .. staged.Findings]);
        }
    }

    private async Task<IReadOnlyList<Finding>> UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await _unpackers.First(u => u.CanUnpack(archive)).UnpackAsync(archive, folder, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Somebody else's code, a full disk, a feed that is out of reach: the operator can mend it.
            return [StagingFindings.UnpackingFailed(Path.GetFileName(archive), $"{e.GetType().Name}: {e.Message}")];
        }
    }
}
