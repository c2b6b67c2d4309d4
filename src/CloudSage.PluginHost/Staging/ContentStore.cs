using CloudSage.PluginHost.Discovery;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Staging;

/// <summary>
/// Plugin files by the hash of their content: each set of files is read once, kept unchanged, and verified and loaded from here, so that the plugin
/// directories are never locked and what runs is what was verified.
/// </summary>
internal sealed class ContentStore : IDisposable
{
    private const string IncomingName = ".incoming";
    private const string NativesName = ".native";
    private readonly string _root;
    private readonly string _incoming;
    private readonly StoreLock _lock;
    private readonly FolderScanner _scanner;
    private readonly ILogger _logger;

    // Entries come and go one at a time: an entry must not vanish between being found intact and being handed out.
    private readonly SemaphoreSlim _gate = new(1, 1);

    private ContentStore(string root, StoreLock @lock, FolderScanner scanner, ILogger logger)
    {
        _root = root;
        _incoming = Path.Combine(root, IncomingName);
        _lock = @lock;
        _scanner = scanner;
        _logger = logger;
    }

    /// <summary>Where the native libraries of versions that have left memory are kept for the next, for as long as this process lives.</summary>
    /// <param name="entry">The folder of any version.</param>
    public static string NativesOf(string entry) => Path.Combine(Path.GetDirectoryName(entry)!, NativesName);

    /// <summary>Opens the store for this process alone and clears away what a run that crashed left half done.</summary>
    public static StageResult<ContentStore> Open(StagingOptions options, FolderScanner scanner, ILogger<ContentStore> logger)
    {
        var root = Path.GetFullPath(options.StoreDirectory);
        try
        {
            Directory.CreateDirectory(root);
            if (StoreLock.TryTake(root) is not { } taken)
                return StageResult<ContentStore>.Failure(StagingFindings.InUse(root, StoreLock.OwnerOf(root)));

            var store = new ContentStore(root, taken, scanner, logger);
            store.ClearIncoming();
            return StageResult<ContentStore>.Success(store);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The operator can mend it.
            return StageResult<ContentStore>.Failure(StagingFindings.Unusable(root, e));
        }
    }

    /// <summary>Copies a candidate into the store. Fails with <see cref="StagingCodes.ChangedWhileStaging"/> if it is no longer what the scan saw.</summary>
    public async Task<StageResult<StagedPlugin>> StageAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        using var copy = NewCopy();
        try
        {
            if (await FillAsync(copy, candidate, cancellationToken) is { Count: > 0 } refusal)
                return StageResult<StagedPlugin>.Failure(refusal);
            return await TakeInAsync(copy, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading the source is caught where it happens, so this is the store: full, read-only, gone.
            return StageResult<StagedPlugin>.Failure(StagingFindings.Unwritable(_root, e));
        }
    }

    /// <summary>Copies a candidate into a folder of the incoming area, which is the caller's until it is disposed. Refuses as <see cref="StageAsync"/> does.</summary>
    public async Task<StageResult<IncomingCopy>> CopyAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        var copy = NewCopy();
        IReadOnlyList<Finding>? refusal = null;
        try
        {
            refusal = await FillAsync(copy, candidate, cancellationToken);
            return refusal.Count > 0 ? StageResult<IncomingCopy>.Failure(refusal) : StageResult<IncomingCopy>.Success(copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above.
            return StageResult<IncomingCopy>.Failure(StagingFindings.Unwritable(_root, e));
        }
        finally
        {
            if (refusal is not { Count: 0 }) copy.Dispose();
        }
    }

    /// <summary>Removes the entries that nobody uses. Those that cannot be removed yet are tried again the next time.</summary>
    /// <param name="hashesInUse">What must stay: whatever was staged and is, or may still be, verified or loaded.</param>
    /// <returns>The hashes of the entries that were removed.</returns>
    public IReadOnlyList<string> RemoveUnused(IReadOnlySet<string> hashesInUse)
    {
        var removed = new List<string>();
        _gate.Wait();
        try
        {
            foreach (var entry in new DirectoryInfo(_root).GetDirectories().Where(e => IsEntry(e.Name) && !hashesInUse.Contains(e.Name)))
            {
                // Moved away first, so that no half-deleted entry is ever found under its hash.
                if (TrySetAside(entry.FullName))
                    removed.Add(entry.Name);
                else
                    Log.EntryKept(_logger, entry.Name);
            }
        }
        finally
        {
            _gate.Release();
        }

        return removed;
    }

    public void Dispose()
    {
        _lock.Dispose();
        _gate.Dispose();
    }

    private IncomingCopy NewCopy() => new(Path.Combine(_incoming, Path.GetRandomFileName()));

    /// <summary>Why the copy is not what the scan saw; empty where it is.</summary>
    private async Task<IReadOnlyList<Finding>> FillAsync(IncomingCopy copy, PluginCandidate candidate, CancellationToken cancellationToken)
    {
        if (candidate.Findings.Any(static f => f.Severity == FindingSeverity.Error))
            return candidate.Findings;
        if (await copy.FillAsync(candidate, cancellationToken) is { } failure)
            return [failure];

        // Each file was read whole, but they might be of two versions.
        return _scanner.Rescan(candidate, cancellationToken)?.Fingerprint != candidate.Fingerprint ? [StagingFindings.Changed(Path.GetFileName(candidate.Path))] : [];
    }

    private async Task<StageResult<StagedPlugin>> TakeInAsync(IncomingCopy copy, CancellationToken cancellationToken)
    {
        var hash = TreeHash.Of(copy.Files);
        var directory = Path.Combine(_root, hash);
        var findings = new List<Finding>();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Directory.Exists(directory) && !await StoreFolder.HoldsAsync(directory, copy.Files, cancellationToken))
            {
                findings.Add(StagingFindings.Damaged(directory));
                Log.EntryDamaged(_logger, directory);
                if (!TrySetAside(directory))
                    throw new IOException($"The damaged entry '{directory}' is in use and cannot be replaced.");
            }

            if (!Directory.Exists(directory))
                Directory.Move(copy.Folder, directory);
        }
        finally
        {
            _gate.Release();
        }

        return StageResult<StagedPlugin>.Success(new StagedPlugin(hash, directory, copy.Files), findings);
    }

    /// <summary>A store that was set up in a folder with other things in it must leave those alone.</summary>
    private static bool IsEntry(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);

    private bool TrySetAside(string entry)
    {
        var aside = Path.Combine(_incoming, Path.GetRandomFileName());
        try
        {
            Directory.CreateDirectory(_incoming);
            Directory.Move(entry, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use: Windows does not move folders with loaded libraries.
            return false;
        }

        StoreFolder.TryDelete(aside);
        return true;
    }

    private void ClearIncoming()
    {
        // Second names of files that only the process that mapped them had a use for.
        StoreFolder.TryDelete(Path.Combine(_root, NativesName));
        Directory.CreateDirectory(_incoming);
        foreach (var leftover in Directory.EnumerateDirectories(_incoming))
        {
            if (StoreFolder.TryDelete(leftover))
                Log.LeftoverRemoved(_logger, leftover);
        }
    }
}
