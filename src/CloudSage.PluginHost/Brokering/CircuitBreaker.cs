namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// Refuses the calls of a plugin that fails again and again, and lets one through now and then to see whether it has recovered.
/// Costs a successful call one read of a field.
/// </summary>
internal sealed class CircuitBreaker(BrokerOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private int _failuresInARow;
    private bool _open;
    private bool _probing;
    private long _openedAt;

    /// <summary>
    /// Raised once when the circuit opens and once when it closes again; true means open. Raised under the lock, so that nobody hears of the
    /// two in the wrong order: handlers must be short and call nothing of the breaker.
    /// </summary>
    public event Action<bool>? Changed;

    public bool IsOpen => Volatile.Read(ref _open);

    /// <summary>Whether a call may be made now. While open, one call in each break duration may.</summary>
    public bool Admits()
    {
        if (!IsOpen) return true;
        lock (_lock)
        {
            if (!_open) return true;
            if (_probing || clock.GetElapsedTime(_openedAt) < options.BreakDuration) return false;
            _probing = true;
            return true;
        }
    }

    public void Succeeded()
    {
        if (Volatile.Read(ref _failuresInARow) == 0) return;
        lock (_lock)
        {
            var closed = _open;
            (_open, _probing, _failuresInARow) = (false, false, 0);
            if (closed) Changed?.Invoke(false);
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            _failuresInARow++;
            var opened = !_open && _failuresInARow >= options.FaultThreshold;
            if (opened || _probing)
            {
                (_open, _probing) = (true, false);
                _openedAt = clock.GetTimestamp();
            }

            if (opened) Changed?.Invoke(true);
        }
    }

    /// <summary>A probe that was given up by its caller says nothing about the plugin: let another try.</summary>
    public void Undecided()
    {
        if (!IsOpen) return;
        lock (_lock)
            _probing = false;
    }
}
