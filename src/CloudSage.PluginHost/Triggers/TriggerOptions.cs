namespace CloudSage.PluginHost.Triggers;

/// <summary>How plugins are run by their triggers.</summary>
public sealed class TriggerOptions
{
    /// <summary>How many events and alerts may wait for one subscriber; 1 to 1,000,000. When its queue is full, the newest is refused.</summary>
    public int QueueCapacity { get; set; } = 1_024;

    /// <summary>How late a scheduled run may start; one second to one day. A time that was missed by more is not caught up.</summary>
    public TimeSpan MisfireGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one run may take in all; above zero, at most 30 days. Where a request names a deadline of its own, that one counts.</summary>
    public TimeSpan RunDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many finished runs are remembered; 0 to 100,000.</summary>
    public int RecentRuns { get; set; } = 256;
}
