namespace CloudSage.Plugins.Testing;

/// <summary>
/// A clock that starts when the test says, goes on by itself, and can be set forward: timers and delays that are due by then run at once.
/// So a schedule of next week runs now, while host and plugin work as ever. Deadlines of calls in flight pass too.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<SettableTimer> _armed = [];
    private readonly TimeProvider _real;
    private readonly TimeSpan _toStart;
    private TimeSpan _ahead;

    /// <summary>Starts a clock.</summary>
    /// <param name="start">What it shows first.</param>
    public TestClock(DateTimeOffset start) : this(start, System) { }

    internal TestClock(DateTimeOffset start, TimeProvider real) => (_real, _toStart) = (real, start - real.GetUtcNow());

    /// <inheritdoc />
    public override long TimestampFrequency => _real.TimestampFrequency;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    private TimeSpan Elapsed => _real.GetElapsedTime(0) + _ahead;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return (_real.GetUtcNow() + _toStart + _ahead).ToUniversalTime();
    }

    /// <inheritdoc />
    public override long GetTimestamp()
    {
        lock (_lock) return _real.GetTimestamp() + (long)((Int128)_ahead.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond);
    }

    /// <summary>
    /// Sets the clock forward to a moment. For a schedule that is the moment when it is due: a run that is late by more than
    /// <see cref="PluginHost.Triggers.TriggerOptions.MisfireGrace"/> is skipped, as in production.
    /// </summary>
    /// <param name="moment">The moment.</param>
    /// <exception cref="ArgumentOutOfRangeException">The moment has passed.</exception>
    public void AdvanceTo(DateTimeOffset moment) => Advance(moment - GetUtcNow());

    /// <summary>Sets the clock forward.</summary>
    /// <param name="by">By how much.</param>
    /// <exception cref="ArgumentOutOfRangeException">Clocks go forward only.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_lock)
        {
            _ahead += by;
            foreach (var timer in _armed.ToArray()) timer.Reset();
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SettableTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A timer of the machine's clock that is set anew whenever this one is. The clock knows it only while it is to run.</summary>
    private sealed class SettableTimer : ITimer
    {
        private readonly TestClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _real;
        private TimeSpan _due;
        private TimeSpan _period;
        private bool _isDisposed;

        public SettableTimer(TestClock clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _real = clock._real.CreateTimer(static self => ((SettableTimer)self!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._lock)
            {
                if (_isDisposed) return false;
                _clock._armed.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    _due = _clock.Elapsed + dueTime;
                    _clock._armed.Add(this);
                }

                return _real.Change(dueTime, period);
            }
        }

        /// <summary>Called under the clock's lock.</summary>
        public void Reset()
        {
            var rest = _due - _clock.Elapsed;
            _real.Change(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, _period);
        }

        public void Dispose()
        {
            lock (_clock._lock)
            {
                _isDisposed = true;
                _clock._armed.Remove(this);
            }

            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Run()
        {
            lock (_clock._lock)
            {
                if (_isDisposed) return;
                if (_period > TimeSpan.Zero) _due = _clock.Elapsed + _period;
                else _clock._armed.Remove(this);
            }

            _callback(_state);
        }
    }
}
