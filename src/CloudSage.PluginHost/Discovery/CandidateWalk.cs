namespace CloudSage.PluginHost.Discovery;

/// <summary>Collects the files of one candidate: follows links that stay inside the plugin directory, refuses those that leave it, keeps to the caps.</summary>
/// <param name="root">The plugin directory with every link resolved.</param>
/// <param name="limits">How much a candidate may hold.</param>
internal sealed class CandidateWalk(string root, CandidateLimits limits)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<CandidateFile> _files = [];
    private readonly List<Finding> _findings = [];
    private readonly FingerprintBuilder _fingerprint = new();
    private readonly HashSet<string> _open = new(PathBoundary.Comparer);
    private long _bytes;
    private int _entries;
    private bool _full;

    /// <summary>Adds a folder and all below it.</summary>
    public void AddFolder(string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var target = Follow(new DirectoryInfo(Path.Combine(root, name)), path, name);
        if (target is not null)
            Descend(target, path, string.Empty, 0, cancellationToken);
    }

    /// <summary>Adds a single file.</summary>
    public void AddFile(FileInfo file)
    {
        if (Follow(file, file.FullName, file.Name) is { } target)
            Add(ReferenceEquals(target, file.FullName) ? file : new FileInfo(target), file.FullName, file.Name);
    }

    /// <summary>What was collected.</summary>
    public PluginCandidate ToCandidate(string path, CandidateKind kind)
    {
        _files.Sort(static (a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath));
        return new PluginCandidate
        {
            Path = path,
            Kind = kind,
            Files = _files,
            Fingerprint = _fingerprint.ToFingerprint(_files, _findings),
            LastChange = _fingerprint.LastChange,
            Findings = _findings,
        };
    }

    private void Descend(string real, string logical, string prefix, int depth, CancellationToken cancellationToken)
    {
        if (depth > limits.Depth)
        {
            Refuse(Finding.Error(
                DiscoveryCodes.NestedTooDeep, $"'{prefix}' is nested deeper than {limits.Depth} folders.", "Flatten the plugin's folders.", new(prefix)));
            return;
        }

        // A link to a folder that is being walked already would go round for ever.
        if (!_open.Add(real))
            return;

        try
        {
            var directory = new DirectoryInfo(real);
            _fingerprint.SawFolder(directory.LastWriteTimeUtc);
            foreach (var entry in directory.EnumerateFileSystemInfos("*", Everything))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_full)
                    return;
                if (!IgnoredNames.InsidePlugin(entry.Name) && Count())
                    Visit(entry, Path.Combine(logical, entry.Name), prefix + entry.Name, depth, cancellationToken);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Removed while it was being walked: the next scan sees what is left.
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Unreadable is a property of the candidate that its owner can mend, not a failure of the scan.
            Refuse(Unreadable(prefix, e));
        }
        finally
        {
            _open.Remove(real);
        }
    }

    private void Visit(FileSystemInfo entry, string logical, string relative, int depth, CancellationToken cancellationToken)
    {
        if (Follow(entry, logical, relative) is not { } real)
            return;

        // What the listing says of an entry that is no link needs not be asked again: a host at rest does little else than this.
        var isLink = !ReferenceEquals(real, entry.FullName);
        if (isLink ? Directory.Exists(real) : entry is DirectoryInfo)
            Descend(real, logical, relative + "/", depth + 1, cancellationToken);
        else
            Add(isLink ? new FileInfo(real) : (FileInfo)entry, logical, relative);
    }

    /// <summary>Where the entry really is; null, with a finding, where it may not be read.</summary>
    private string? Follow(FileSystemInfo entry, string logical, string relative)
    {
        try
        {
            if (!MayBeLink(entry) || entry.LinkTarget is null)
                return entry.FullName;

            if (PathBoundary.Resolve(entry.FullName) is not { } target)
            {
                _findings.Add(Finding.Warning(
                    DiscoveryCodes.LinkBroken, $"The link '{relative}' leads nowhere and is left out.", "Remove it or restore its target.", new(relative)));
                return null;
            }

            if (PathBoundary.Contains(root, target))
                return target;

            Refuse(Finding.Error(
                DiscoveryCodes.LinkLeavesDirectory, $"The link '{relative}' leads out of the plugin directory, to '{target}'.",
                $"Copy it to '{logical}' instead of linking it.", new(relative)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A link that cannot be read cannot be shown to stay inside.
            Refuse(Unreadable(relative, e));
        }

        return null;
    }

    /// <summary>A link has this attribute everywhere; what vanished meanwhile has every attribute, and is asked.</summary>
    private static bool MayBeLink(FileSystemInfo entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private void Add(FileInfo real, string logical, string relative)
    {
        try
        {
            _bytes += real.Length;
            if (_bytes > limits.Bytes)
            {
                Overflow(DiscoveryCodes.TooLarge, $"The plugin is larger than {limits.Bytes:N0} bytes.");
                return;
            }

            _files.Add(new CandidateFile(relative, logical, real.Length, new DateTimeOffset(real.LastWriteTimeUtc)));
            _fingerprint.SawFile(relative, real);
        }
        catch (FileNotFoundException)
        {
            // Removed between listing and asking: the next scan will not list it.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As for folders: the owner can mend it.
            Refuse(Unreadable(relative, e));
        }
    }

    private bool Count()
    {
        if (++_entries <= limits.Entries)
            return true;
        Overflow(DiscoveryCodes.TooManyFiles, $"The plugin has more than {limits.Entries:N0} files and folders.");
        return false;
    }

    private void Overflow(string code, string message)
    {
        _full = true;
        Refuse(Finding.Error(code, message, "Remove what does not belong to the plugin, such as build output or caches."));
    }

    private void Refuse(Finding finding) => _findings.Add(finding);

    private static Finding Unreadable(string relative, Exception e)
        => Finding.Error(DiscoveryCodes.FileUnreadable, $"'{relative}' cannot be read: {e.Message}", "Give the host's account read access.", new(relative));
}

/// <summary>How much a candidate may hold, so that a mistaken copy cannot fill the store.</summary>
/// <param name="Entries">Files and folders.</param>
/// <param name="Bytes">All files together.</param>
/// <param name="Depth">Folders in folders.</param>
internal sealed record CandidateLimits(int Entries = 10_000, long Bytes = 1L << 30, int Depth = 64);
