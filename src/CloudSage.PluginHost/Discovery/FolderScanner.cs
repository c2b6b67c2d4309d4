namespace CloudSage.PluginHost.Discovery;

/// <summary>Takes snapshots of the plugin directories. Keeps nothing between scans.</summary>
internal sealed class FolderScanner(DiscoveryOptions options, CandidateLimits? limits = null)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };
    private readonly CandidateLimits _limits = limits ?? new CandidateLimits();

    /// <summary>Looks at every plugin directory. Files that come or go meanwhile are tolerated: the next scan sees the rest.</summary>
    public FolderSnapshot Scan(CancellationToken cancellationToken)
    {
        var candidates = new SortedDictionary<string, PluginCandidate>(StringComparer.Ordinal);
        var findings = new List<Finding>();
        foreach (var directory in options.AbsoluteDirectories)
            ScanDirectory(directory, candidates, findings, cancellationToken);
        return new FolderSnapshot([.. candidates.Values], findings);
    }

    /// <summary>Looks at a plugin, wherever it lies; null where it cannot be looked at.</summary>
    public PluginCandidate? Look(string path, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(path) is null) return WholeFileSystem(path);
        var kind = Directory.Exists(path) ? CandidateKind.Folder : ArchiveName.IsArchive(path) ? CandidateKind.Archive : CandidateKind.BareAssembly;
        return Rescan(new PluginCandidate { Path = path, Kind = kind, Files = [], Fingerprint = string.Empty }, cancellationToken);
    }

    /// <summary>Looks at one candidate again, exactly as a scan would; null where it is gone.</summary>
    public PluginCandidate? Rescan(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        try
        {
            if (PathBoundary.Resolve(Path.GetDirectoryName(candidate.Path)!) is not { } root)
                return null;
            if (candidate.Kind == CandidateKind.Folder)
                return Directory.Exists(candidate.Path) ? ReadFolder(root, candidate.Path, cancellationToken) : null;
            if (!File.Exists(candidate.Path))
                return null;
            return candidate.Kind == CandidateKind.Archive ? ReadArchive(root, candidate.Path) : ReadAssembly(root, candidate.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at now cannot be said to be unchanged.
            return null;
        }
    }

    private void ScanDirectory(
        string directory, SortedDictionary<string, PluginCandidate> candidates, List<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            if (File.Exists(directory))
            {
                findings.Add(Finding.Warning(
                    DiscoveryCodes.DirectoryMissing, $"The plugin directory '{directory}' is a file.", "Name a folder in the option Directories.", new(directory)));
                return;
            }

            if (!Directory.Exists(directory) || PathBoundary.Resolve(directory) is not { } root)
            {
                findings.Add(Finding.Warning(
                    DiscoveryCodes.DirectoryMissing, $"The plugin directory '{directory}' does not exist.",
                    "Create it or correct the option Directories; it is picked up when it appears.", new(directory)));
                return;
            }

            var entries = new DirectoryInfo(directory).GetFileSystemInfos("*", Everything).Where(static e => !IgnoredNames.InDirectory(e.Name)).ToList();
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry is DirectoryInfo || (entry.LinkTarget is not null && Directory.Exists(entry.FullName)))
                {
                    if (ReadFolder(root, entry.FullName, cancellationToken) is { } folder && IsPluginLike(folder))
                        candidates.TryAdd(folder.Path, folder);
                }
                else if (BareAssembly.IsAssembly(entry.Name))
                {
                    candidates.TryAdd(entry.FullName, ReadAssembly(root, entry.FullName));
                }
                else if (ArchiveName.IsArchive(entry.Name))
                {
                    candidates.TryAdd(entry.FullName, ReadArchive(root, entry.FullName));
                }
            }

            findings.AddRange(LooseFiles.Judge(directory, entries));
        }
        catch (DirectoryNotFoundException)
        {
            // Removed since it was seen to exist: the next scan reports it missing.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One unreadable directory must not hide the others.
            findings.Add(Finding.Error(
                DiscoveryCodes.DirectoryUnreadable, $"The plugin directory '{directory}' cannot be read: {e.Message}",
                "Give the host's account read access.", new(directory)));
        }
    }

    private static PluginCandidate WholeFileSystem(string path) => new()
    {
        Path = path, Kind = CandidateKind.Folder, Files = [], Fingerprint = string.Empty,
        Findings = [Finding.Error(DiscoveryCodes.WholeFileSystem, $"'{path}' is a whole file system, and no plugin.", "Name the plugin's folder, its archive or its DLL.", new FindingLocation(path))],
    };

    private PluginCandidate ReadFolder(string root, string path, CancellationToken cancellationToken)
    {
        var walk = new CandidateWalk(root, _limits);
        walk.AddFolder(path, cancellationToken);
        return walk.ToCandidate(path, CandidateKind.Folder);
    }

    private PluginCandidate ReadAssembly(string root, string path)
    {
        var walk = new CandidateWalk(root, _limits);
        foreach (var name in BareAssembly.FileNames(Path.GetFileName(path)))
        {
            var file = new FileInfo(Path.Combine(Path.GetDirectoryName(path)!, name));
            if (file.Exists || file.LinkTarget is not null)
                walk.AddFile(file);
        }

        return walk.ToCandidate(path, CandidateKind.BareAssembly);
    }

    private PluginCandidate ReadArchive(string root, string path)
    {
        var walk = new CandidateWalk(root, _limits);
        walk.AddFile(new FileInfo(path));
        return walk.ToCandidate(path, CandidateKind.Archive);
    }

    /// <summary>A folder without a manifest counts only if it holds what a plugin that is still being copied would hold.</summary>
    private static bool IsPluginLike(PluginCandidate folder)
        => folder.Findings.Any(static f => f.Severity == FindingSeverity.Error)
            || folder.Files.Any(static f => CandidateLayout.IsFolderManifest(f.RelativePath) || IsAssemblyOrDependencyFile(f.RelativePath));

    private static bool IsAssemblyOrDependencyFile(string path)
        => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".deps.json", StringComparison.OrdinalIgnoreCase);
}
