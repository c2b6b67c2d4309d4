namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>How plugins are scanned.</summary>
public sealed class PluginScanOptions
{
    /// <summary>The name of the part of the section <c>PluginHost</c>.</summary>
    public const string SectionName = "Scan";

    /// <summary>How long one file may take; then the scanner is ended and the plugin refused. Default: 20 s.</summary>
    public TimeSpan FileTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the start of the scanner may take. Default: 30 s.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the scanner is kept without work. The plugin after that waits for a new one: some 0.2 s. Default: 10 minutes.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How large the scanner's heap may become, in MiB. A file needs some three times its size. Default: 512.</summary>
    public int HeapMegabytes { get; set; } = 512;

    /// <summary>Whether the scanner is started with the host, so that the first plugin need not wait for it. Default: true.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>Where it is kept what was found in a file, by its hash; null for the folder <c>scans</c> in the host's state directory.</summary>
    public string? CacheDirectory { get; set; }

    /// <summary>How many files are remembered; the oldest go first. Default: 2,000.</summary>
    public int MaxCachedFiles { get; set; } = 2000;
}
