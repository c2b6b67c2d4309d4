namespace CloudSage.PluginHost.Unloading;

/// <summary>How plugins are stopped and unloaded.</summary>
public sealed class UnloadOptions
{
    /// <summary>How long calls in flight may go on after a plugin takes no more. Then they are cancelled. Default: 30 s.</summary>
    public TimeSpan DrainDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long cancelled calls may take to end. Then they are left behind and reported. Default: 5 s.</summary>
    public TimeSpan CancelDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How much the host does to free a plugin of what it left behind in the process. Default: <see cref="UnloadAssistance.Full"/>.</summary>
    public UnloadAssistance Assistance { get; set; } = UnloadAssistance.Full;

    /// <summary>
    /// Runs garbage collections after an unload, to know soon whether the plugin left memory. Without it the verdict waits for the
    /// runtime's own collections. Default: true.
    /// </summary>
    public bool ForceCollections { get; set; } = true;

    /// <summary>After how many collections a plugin that is still in memory counts as leaked. Default: 10.</summary>
    public int MaxCollections { get; set; } = 10;

    /// <summary>
    /// Lets a version use the native libraries that an earlier version of the plugin has left mapped, where their files are the same; never those of
    /// a version that is still in memory. The runtime never closes a library: without this, each upgrade maps them anew. A library then keeps its
    /// own variables from version to version, as it does in a process without plugins. On Linux only. Default: true.
    /// </summary>
    public bool ReuseNativeLibraries { get; set; } = true;

    /// <summary>What is reported on a plugin that does not leave memory.</summary>
    public LeakReportOptions LeakReports { get; } = new();
}
