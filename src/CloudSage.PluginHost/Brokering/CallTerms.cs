namespace CloudSage.PluginHost.Brokering;

/// <summary>What applies to one call: its deadline, where it runs, who watches it, and its caller's token.</summary>
internal readonly record struct CallTerms(TimeSpan Deadline, bool Inline, DeadlineWheel Wheel, CancellationToken Caller)
{
    public TimeProvider Clock => Wheel.Clock;

    private long Ticks => Deadline == Timeout.InfiniteTimeSpan ? CallLease.NoDeadline : Deadline.Ticks;

    public void Begin(CallLease lease) => lease.Begin(Ticks, Wheel, Caller);

    /// <summary>Makes the deadline count from now, to the tick.</summary>
    public void SetDue(CallLease lease)
    {
        if (Deadline != Timeout.InfiniteTimeSpan) lease.SetDue(Wheel.Now + Deadline.Ticks);
    }

    /// <summary>The outcome of a call that was stopped. Where the caller gave up as well, that counts.</summary>
    public CallOutcome<TResult> Stopped<TResult>(ExtensionTarget target, CallLease lease)
        => CallEnd.Stopped<TResult>(target, lease.TimedOut && !Caller.IsCancellationRequested, Deadline, Clock);
}
