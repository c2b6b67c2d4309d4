namespace CloudSage.PluginHost.Discovery;

/// <summary>Where the host looks for plugins, and how patient it is with files that are still being copied.</summary>
public sealed class DiscoveryOptions
{
    /// <summary>
    /// The plugin directories. Each holds plugins as folders with a <c>manifest.yaml</c>, as single DLLs, or packed as <c>.zip</c> or <c>.nupkg</c>. Relative
    /// paths are relative to the process' working directory unless the host says otherwise. Default: <c>plugins</c>, used while the list is empty.
    /// </summary>
    public IList<string> Directories { get; } = [];

    /// <summary>How long nothing may have changed in a plugin before it is taken as copied. Default 150 ms.</summary>
    public TimeSpan SettleWindow { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long an incomplete plugin may rest before it is reported instead of waited for. Default 3 s.</summary>
    public TimeSpan IncompleteGrace { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often the directories are looked at though nothing signalled a change: catches what the operating system lost. Default 30 s.</summary>
    public TimeSpan RescanInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Never ask the operating system for change signals; for network shares that send none. Default false.</summary>
    public bool ForcePolling { get; set; }

    /// <summary>How often a directory is looked at where there are no change signals. Default, and least, 1 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The directories as absolute paths, each once.</summary>
    internal IReadOnlyList<string> AbsoluteDirectories
        => [.. (Directories.Count == 0 ? ["plugins"] : Directories)
            .Select(static d => Path.TrimEndingDirectorySeparator(Path.GetFullPath(d)))
            .Distinct(PathBoundary.Comparer)];
}
