namespace CloudSage.PluginHost.Unloading;

/// <summary>When and how far it is looked into the process for what keeps unloaded plugins in memory. Needs an <see cref="ILeakAnalyzer"/>.</summary>
public sealed class LeakReportOptions
{
    /// <summary>Reports by itself when a version does not leave memory. Without it, reports are made on demand only. Default: true.</summary>
    public bool Automatic { get; set; } = true;

    /// <summary>How much time passes at least between two reports on one plugin that are made by themselves. Default: 10 min.</summary>
    public TimeSpan IntervalPerPlugin { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How much time passes at least between two looks into the process that are made by themselves. Default: 30 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a look may take. Default: 30 s.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many holders of a version are named at most. Default: 10.</summary>
    public int MaxHolders { get; set; } = 10;

    /// <summary>How many steps of a path are named at most. Default: 12.</summary>
    public int MaxDepth { get; set; } = 12;

    /// <summary>A process with more memory than this is not looked into, in bytes. Default: 4 GiB.</summary>
    public long MaxProcessBytes { get; set; } = 4L << 30;

    internal LeakAnalysisLimits ToLimits() => new(MaxHolders, MaxDepth, MaxProcessBytes, Deadline);
}
