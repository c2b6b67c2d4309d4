namespace CloudSage.PluginHost.Brokering;

/// <summary>How one call is made.</summary>
public sealed record CallOptions
{
    /// <summary>How long the call may take; null takes the host's default. <see cref="Timeout.InfiniteTimeSpan"/> means no deadline.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// Runs the call on the caller's thread, which is faster but cannot give up a plugin that blocks without awaiting.
    /// By default calls run on the thread pool, and a blocked one is given up at its deadline.
    /// </summary>
    public bool Inline { get; init; }
}
