namespace CloudSage.PluginHost.Activation;

/// <summary>
/// The host's clock, as one plugin sees it: its timers end with the plugin. With it as their provider, so do delays, periodic timers, delayed
/// cancellations and timed waits.
/// </summary>
internal sealed class PluginClock(TimeProvider host) : TimeProvider
{
    private readonly Lock _lock = new();
    private HashSet<PluginTimer>? _armed;
    private bool _isStopped;

    public override TimeZoneInfo LocalTimeZone => host.LocalTimeZone;

    public override long TimestampFrequency => host.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => host.GetUtcNow();

    public override long GetTimestamp() => host.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new PluginTimer(this, host, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Disposes every timer. One that is made or set from now on never fires: whatever waits for it lets go.</summary>
    public void StopTimers()
    {
        PluginTimer[] armed;
        lock (_lock)
        {
            _isStopped = true;
            armed = _armed is null ? [] : [.. _armed];
            _armed = null;
        }

        foreach (var timer in armed) timer.Dispose();
    }

    private bool Arm(PluginTimer timer)
    {
        lock (_lock)
        {
            if (!_isStopped) (_armed ??= []).Add(timer);
            return !_isStopped;
        }
    }

    private void Disarm(PluginTimer timer)
    {
        lock (_lock) _armed?.Remove(timer);
    }

    private sealed class PluginTimer : ITimer
    {
        private readonly PluginClock _owner;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private volatile bool _recurs;

        public PluginTimer(PluginClock owner, TimeProvider host, TimerCallback callback, object? state)
        {
            (_owner, _callback, _state) = (owner, callback, state);
            _timer = host.CreateTimer(static timer => ((PluginTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _recurs = period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero;
            if (dueTime == Timeout.InfiniteTimeSpan) _owner.Disarm(this);
            else if (!_owner.Arm(this)) return false;
            return _timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            _owner.Disarm(this);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _owner.Disarm(this);
            return _timer.DisposeAsync();
        }

        private void Fire()
        {
            // Spent: a plugin that drops it undisposed, as many do with delayed cancellations, must not have it kept here until it leaves.
            if (!_recurs) _owner.Disarm(this);
            _callback(_state);
        }
    }
}
