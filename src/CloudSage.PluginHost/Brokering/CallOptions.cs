namespace CloudSage.PluginHost.Brokering;

/// <summary>How one call is made.</summary>
public sealed record CallOptions
{
    /// <summary>The longest deadline that a timer takes: somewhat more than 49 days.</summary>
    internal static readonly TimeSpan LongestDeadline = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>
    /// How long the call may take; null takes the host's default. <see cref="Timeout.InfiniteTimeSpan"/> means no deadline.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is negative, or longer than 49 days.</exception>
    public TimeSpan? Deadline
    {
        get;
        init
        {
            if (value is { } deadline && deadline != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.Zero, nameof(Deadline));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(deadline, LongestDeadline, nameof(Deadline));
            }

            field = value;
        }
    }

    /// <summary>
    /// Runs the call on the caller's thread, which is faster but cannot give up a plugin that blocks without awaiting: at the
    /// deadline such a call is told to end by its token, and no more. By default calls run on the thread pool, and a blocked one is given up at its deadline.
    /// </summary>
    public bool Inline { get; init; }
}
