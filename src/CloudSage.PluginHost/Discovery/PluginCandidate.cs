namespace CloudSage.PluginHost.Discovery;

/// <summary>A file or folder in a plugin directory that may be a plugin, as a scan saw it.</summary>
internal sealed record PluginCandidate
{
    /// <summary>The absolute path of the folder, DLL or archive: the candidate's identity from scan to scan.</summary>
    public required string Path { get; init; }

    public required CandidateKind Kind { get; init; }

    /// <summary>Its files with their path in the plugin (forward slashes), in ordinal order.</summary>
    public required IReadOnlyList<CandidateFile> Files { get; init; }

    /// <summary>Changes whenever a name, length, time or identity of a file does. Says nothing about content.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The newest time of its files and folders; long past for one that was moved in whole.</summary>
    public DateTimeOffset LastChange { get; init; }

    /// <summary>What makes it unfit to be read at all, such as a link to the outside.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>One file of a candidate.</summary>
internal sealed record CandidateFile(string RelativePath, string FullPath, long Length, DateTimeOffset LastWrite);

/// <summary>What a candidate is.</summary>
internal enum CandidateKind
{
    /// <summary>A folder with a manifest.</summary>
    Folder,

    /// <summary>A DLL in the plugin directory itself, with an embedded or a sidecar manifest.</summary>
    BareAssembly,

    /// <summary>A ZIP archive or a package in the plugin directory itself, which is unpacked before it is staged.</summary>
    Archive,
}
