namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// The leases that are taken on one processor. One is at home and is taken without a lock; where it is in use, because calls wait
/// or call one another, another takes its place.
/// </summary>
internal sealed class LeaseStripe(CallLeases leases, int index)
{
    private const int MostIdle = 64;

    private readonly Lock _lock = new();
    private readonly List<CallLease> _all = [];
    private readonly Stack<CallLease> _idle = new();
    private CallLease? _home;
    private bool _closed;
    private long _endedCalls;

    public CallLeases Leases => leases;

    public int Count
    {
        get
        {
            lock (_lock)
                return _all.Count(static lease => lease.IsHeld);
        }
    }

    public long Calls
    {
        get
        {
            lock (_lock)
                return _endedCalls + _all.Sum(static lease => lease.Calls);
        }
    }

    /// <summary>Takes a lease while the one at home is in use, and makes it the one at home; null where no more calls are admitted.</summary>
    public CallLease? Take()
    {
        lock (_lock)
        {
            if (_closed) return null;
            if (_idle.TryPop(out var lease))
            {
                lease.TakeHome();
            }
            else
            {
                lease = new CallLease(this) { Index = _all.Count };
                _all.Add(lease);
            }

            // A call that runs for long must not keep its place: those that come after it would all have to come here.
            if (_home is { } former && former.LeaveHome()) Keep(former);
            leases.SetHome(index, _home = lease);
            return lease;
        }
    }

    /// <summary>Keeps a lease that has ended for another call.</summary>
    public void Return(CallLease lease)
    {
        lock (_lock)
            Keep(lease);
    }

    /// <summary>Forgets a lease that has ended and cannot be used again.</summary>
    public void Drop(CallLease lease)
    {
        lock (_lock)
            Forget(lease);
    }

    /// <summary>Admits no more leases. Those that are held now report their end.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _idle.Clear();
            // What is not held is let go at once: a plugin may have kept its token, and registered on it since.
            for (var i = _all.Count - 1; i >= 0; i--)
                if (!leases.OnClosing(_all[i])) Forget(_all[i]);
        }
    }

    public void Stop()
    {
        CallLease[] held;
        lock (_lock)
            held = [.. _all.Where(static lease => lease.IsHeld)];
        foreach (var lease in held) lease.Stop();
    }

    public void Examine(ref DeadlineSweep sweep)
    {
        lock (_lock)
        {
            foreach (var lease in _all) lease.Examine(ref sweep);
        }
    }

    private void Keep(CallLease lease)
    {
        if (_idle.Count < MostIdle && !_closed) _idle.Push(lease);
        else Forget(lease);
    }

    private void Forget(CallLease lease)
    {
        // Closing forgets what is not held, and may come between a call's end and what follows it here.
        if (lease.Index < 0) return;
        (_all[lease.Index] = _all[^1]).Index = lease.Index;
        _all.RemoveAt(_all.Count - 1);
        lease.Index = -1;
        _endedCalls += lease.Calls;
        lease.Dispose();
        if (!ReferenceEquals(_home, lease)) return;
        _home = null;
        leases.SetHome(index, null);
    }
}
