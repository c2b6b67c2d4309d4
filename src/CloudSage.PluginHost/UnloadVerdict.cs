namespace CloudSage.PluginHost;

/// <summary>Whether an unloaded version of a plugin really left memory.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Version">The version that was unloaded.</param>
/// <param name="Collected">Whether its load context was collected.</param>
/// <param name="Collections">After how many garbage collections the verdict was taken.</param>
/// <param name="Elapsed">How long that took, from the call of unload.</param>
/// <param name="At">When the verdict was taken, UTC.</param>
public sealed record UnloadVerdict(string Plugin, string Version, bool Collected, int Collections, TimeSpan Elapsed, DateTimeOffset At)
{
    /// <summary>What the plugin had left behind in the process and the host removed. An author should look at each.</summary>
    public IReadOnlyList<EvictedRemains> Evicted { get; init; } = [];

    /// <summary>
    /// What of the version was told to end and still runs: calls, steps of its stop, background work. Then it is under quarantine, not leaked:
    /// the host looks again when it ends. Threads that a plugin made by itself are not known here.
    /// </summary>
    public IReadOnlyList<string> StillRunning { get; init; } = [];

    /// <summary>What could not be removed.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Tells two departures of one version apart.</summary>
    internal object? Departure { get; init; }
}

/// <summary>Entries that a leaving plugin had left behind in the process and that the host removed.</summary>
/// <param name="Cause">What kept them: <c>TypeDescriptor tables</c>.</param>
/// <param name="Count">How many there were.</param>
public sealed record EvictedRemains(string Cause, int Count);
