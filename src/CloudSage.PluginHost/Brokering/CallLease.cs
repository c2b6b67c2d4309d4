using CloudSage.PluginHost.Activation;

namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// One call's hold on a version of a plugin: its lease, its token and its deadline in one object that is used again. Taking and giving back cost
/// one atomic operation each, on a line of memory that callers on other processors do not touch. A lease that was stopped, or whose
/// token cannot be made new, is thrown away.
/// </summary>
internal sealed class CallLease(LeaseStripe stripe) : IDisposable
{
    /// <summary>The deadline, in ticks, of a call that has none.</summary>
    public const long NoDeadline = long.MaxValue;

    // The low bits of the state are flags, the others count the calls: who means a call that has ended finds another number and does nothing.
    private const long Held = 1, Stopped = 2, TimedOutFlag = 4, Ending = 8, Closed = 16, Home = 32, Flags = 63, NextCall = 64;

    private readonly CancellationTokenSource _stop = new();
    private long _state = Held | Home;
    private long _deadline;
    private long _due;
    private long _calls;
    private ICallWaiter? _waiter;
    private object? _spare;
    private CancellationTokenRegistration _caller;
    private (long Call, long Due) _seen;

    /// <summary>Keeps other objects off the lines of memory that calls write to.</summary>
    public CacheLine Space { get; }

    /// <summary>The token that the plugin gets: its own, so that what it registers there can neither block nor outlive anyone else's.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether the call was told to end: by its deadline, its caller, or because the plugin stops.</summary>
    public bool IsStopped => (Volatile.Read(ref _state) & Stopped) != 0;

    /// <summary>Whether it was told to end by its deadline.</summary>
    public bool TimedOut => (Volatile.Read(ref _state) & TimedOutFlag) != 0;

    public bool IsHeld => (Volatile.Read(ref _state) & Held) != 0;

    /// <summary>How many calls were answered under this lease.</summary>
    public long Calls => Volatile.Read(ref _calls);


    /// <summary>Its place in its stripe's list. For the stripe alone.</summary>
    public int Index { get; set; }

    /// <summary>Takes the lease that is at home on a processor. It is made taken.</summary>
    public bool TryTake()
    {
        var idle = Volatile.Read(ref _state);
        return (idle & Flags) == Home && Interlocked.CompareExchange(ref _state, idle | Held, idle) == idle;
    }

    /// <summary>Takes an idle lease that is not at home, and makes it so. For the stripe alone, which no lease can be taken from twice.</summary>
    public void TakeHome() => Interlocked.Or(ref _state, Held | Home);

    /// <summary>Makes the lease one that is not at home. True where it is idle now and must be kept; one that is held is kept at its end.</summary>
    public bool LeaveHome() => (Interlocked.And(ref _state, ~Home) & Flags) == Home;

    /// <summary>Starts the deadline, listens to the caller's token, and stops the call at once where the plugin has been told to stop.</summary>
    public void Begin(long deadline, DeadlineWheel wheel, CancellationToken caller)
    {
        // After the lease was taken, which is a full fence: either the wheel sees this call, or this call sees what the wheel watches.
        Volatile.Write(ref _deadline, deadline);
        var leases = stripe.Leases;
        if (deadline < leases.WatchedDeadline) wheel.Watch(leases, this, deadline);
        if (caller.CanBeCanceled) _caller = caller.UnsafeRegister(static lease => ((CallLease)lease!).Stop(), this);
        if (leases.IsAbandoned) Stop();
    }

    /// <summary>Says to the tick when the call is due. Until then it is due a deadline after the wheel's first look at it.</summary>
    public void SetDue(long due) => Volatile.Write(ref _due, due);

    /// <summary>Has somebody told once when the call is stopped; at once where it is already.</summary>
    public void Notify(ICallWaiter waiter)
    {
        Interlocked.Exchange(ref _waiter, waiter);
        if (IsStopped) Interlocked.Exchange(ref _waiter, null)?.GiveUp();
    }

    /// <summary>Takes what the last call on the pool left to be used again.</summary>
    public object? TakeSpare() => Interlocked.Exchange(ref _spare, null);

    public void KeepSpare(object call) => Volatile.Write(ref _spare, call);

    public void CountCall() => Volatile.Write(ref _calls, _calls + 1);

    /// <summary>From here on the call cannot be stopped. False where it was stopped before.</summary>
    public bool TryConclude()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Stopped) != 0) return false;
            if (Interlocked.CompareExchange(ref _state, state | Ending, state) != state) continue;
            _waiter = null;
            return true;
        }
    }

    /// <summary>Gives the lease back. The plugin's code must have returned.</summary>
    public void End()
    {
        // A callback of the caller's token that is running now must not meet the next call.
        var clean = Unlink() && _stop.TryReset();
        (_deadline, _due) = (0, 0);
        var state = Volatile.Read(ref _state);
        if (clean && (state & Flags & ~Ending) == (Held | Home)
            && Interlocked.CompareExchange(ref _state, ((state & ~Flags) | Home) + NextCall, state) == state) return;
        EndElsewhere(clean);
    }

    /// <summary>Stops the call that holds the lease now.</summary>
    public void Stop() => TryStop(Volatile.Read(ref _state), Stopped);

    /// <summary>Stops the call that was seen by the wheel, if it still runs.</summary>
    public void TimeOut(long seen) => TryStop(seen, Stopped | TimedOutFlag);

    /// <summary>Admits no more calls. True where one runs now, which then reports its end.</summary>
    public bool Close() => (Interlocked.Or(ref _state, Closed) & Held) != 0;

    /// <summary>Ends the token's life. Called by the stripe when it forgets the lease.</summary>
    public void Dispose() => _stop.Dispose();

    /// <summary>Tells the wheel of the call that runs, if any. Called by the wheel alone.</summary>
    public void Examine(ref DeadlineSweep sweep)
    {
        var state = Volatile.Read(ref _state);
        if ((state & (Held | Stopped | Ending)) != Held) return;
        var (deadline, due) = (Volatile.Read(ref _deadline), Volatile.Read(ref _due));
        if (deadline == NoDeadline) return;
        if (due == 0 && deadline != 0)
        {
            if (_seen.Call != (state | Flags)) _seen = (state | Flags, sweep.Now + deadline);
            due = _seen.Due;
        }

        sweep.Add(this, state, deadline, due);
    }

    private void TryStop(long seen, long flags)
    {
        var state = seen;
        while (true)
        {
            if ((state & (Held | Stopped | Ending)) != Held) return;
            var found = Interlocked.CompareExchange(ref _state, state | flags, state);
            if (found == state) break;
            if ((found & ~Flags) != (seen & ~Flags)) return;
            state = found;
        }

        Interlocked.Exchange(ref _waiter, null)?.GiveUp();
        _ = _stop.CancelForPluginAsync();
    }

    private bool Unlink()
    {
        if (_caller == default) return true;
        var caller = _caller;
        _caller = default;
        return caller.Unregister();
    }

    private void EndElsewhere(bool clean)
    {
        long state;
        bool reusable;
        do
        {
            state = Volatile.Read(ref _state);
            reusable = clean && (state & Flags & ~(Ending | Home)) == Held;
        }
        while (Interlocked.CompareExchange(ref _state, reusable ? ((state & ~Flags) | (state & Home)) + NextCall : (state & ~Held) | Stopped, state) != state);

        if (!reusable) stripe.Drop(this);
        else if ((state & Home) == 0) stripe.Return(this);
        if ((state & Closed) != 0) stripe.Leases.OnClosedLeaseEnded();
    }
}

/// <summary>Is told when a call is stopped.</summary>
internal interface ICallWaiter
{
    void GiveUp();
}
