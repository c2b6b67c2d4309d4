namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// The deadlines of all calls, kept by one timer that runs only while calls do. A call does not enter itself here: it says in its lease how
/// long it may take, and the wheel looks at the leases of those plugins that are being called. It looks sixteen times within the
/// shortest deadline, but not more often than every millisecond and not less often than every second, and whenever a call is due.
/// A call that answers at once therefore reads no clock and touches no timer.
/// </summary>
internal sealed class DeadlineWheel : IDisposable
{
    private const int LooksPerDeadline = 16;

    private readonly Lock _lock = new();
    private readonly List<CallLeases> _watched = [];
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly ITimer _timer;
    private long _nextLook = long.MaxValue;

    public DeadlineWheel(TimeProvider clock)
    {
        (_clock, _origin) = (clock, clock.GetTimestamp());
        _timer = clock.CreateTimer(static wheel => ((DeadlineWheel)wheel!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeProvider Clock => _clock;

    /// <summary>The time, in ticks since the wheel was made.</summary>
    public long Now => _clock.GetElapsedTime(_origin).Ticks;

    /// <summary>How many plugins are watched now.</summary>
    public int Watched
    {
        get
        {
            lock (_lock)
                return _watched.Count;
        }
    }

    /// <summary>Watches a plugin's calls closely enough for a call that has just begun.</summary>
    public void Watch(CallLeases leases, CallLease lease, long deadline)
    {
        lock (_lock)
        {
            var now = Now;
            lease.SetDue(now + deadline);
            if (leases.WatchedDeadline == CallLease.NoDeadline) _watched.Add(leases);
            if (deadline < leases.WatchedDeadline) leases.WatchedDeadline = deadline;
            LookBy(now + Beat(deadline), now);
        }
    }

    public void Dispose() => _timer.Dispose();

    private static long Beat(long deadline) => Math.Clamp(deadline / LooksPerDeadline, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerSecond);

    private void Look()
    {
        List<(CallLease Lease, long Seen)>? due = null;
        lock (_lock)
        {
            var (now, next) = (Now, long.MaxValue);
            for (var i = _watched.Count - 1; i >= 0; i--)
            {
                var found = Look(_watched[i], now);
                if (found.Due is not null) (due ??= []).AddRange(found.Due);
                if (_watched[i].WatchedDeadline == CallLease.NoDeadline) _watched.RemoveAt(i);
                else next = Math.Min(next, Math.Min(found.NextDue, now + Beat(_watched[i].WatchedDeadline)));
            }

            _nextLook = long.MaxValue;
            LookBy(next, now);
        }

        // Not under the lock: whoever waits for a call is told here.
        if (due is null) return;
        foreach (var (lease, seen) in due) lease.TimeOut(seen);
    }

    private static DeadlineSweep Look(CallLeases leases, long now)
    {
        var sweep = new DeadlineSweep(now);
        leases.Examine(ref sweep);
        var watched = leases.WatchedDeadline;
        if (sweep.Shortest <= watched) return sweep;

        // The calls with the shortest deadlines have ended. A call that begins while this is written down sees either value, so look again.
        leases.WatchedDeadline = sweep.Shortest;
        Interlocked.MemoryBarrier();
        sweep.Again();
        leases.Examine(ref sweep);
        if (sweep.Shortest < leases.WatchedDeadline) leases.WatchedDeadline = sweep.Shortest == 0 ? watched : sweep.Shortest;
        return sweep;
    }

    private void LookBy(long time, long now)
    {
        if (time >= _nextLook) return;
        _nextLook = time;
        // Whole milliseconds, rounded up: a timer rounds down, and would come too early.
        var wait = Math.Max(0, (time - now + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
        _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }
}
