namespace CloudSage.PluginHost.Brokering;

/// <summary>What one look at the running calls of a plugin finds.</summary>
internal struct DeadlineSweep(long now)
{
    /// <summary>The time of the look, in ticks of the wheel.</summary>
    public long Now => now;

    /// <summary>The shortest deadline of a call that runs; 0 where one is just beginning and its deadline is not known yet.</summary>
    public long Shortest { get; private set; } = CallLease.NoDeadline;

    /// <summary>When the next call is due.</summary>
    public long NextDue { get; private set; } = long.MaxValue;

    /// <summary>The calls that are due, and how they were found; null for none.</summary>
    public List<(CallLease Lease, long Seen)>? Due { get; private set; }

    public void Add(CallLease lease, long seen, long deadline, long due)
    {
        Shortest = Math.Min(Shortest, deadline);
        if (deadline == 0 && due == 0) return;
        if (due > Now) NextDue = Math.Min(NextDue, due);
        else (Due ??= []).Add((lease, seen));
    }

    /// <summary>Looks again: forgets what was seen, but not what is due.</summary>
    public void Again() => (Shortest, NextDue) = (CallLease.NoDeadline, long.MaxValue);
}
