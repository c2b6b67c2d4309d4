using System.Numerics;

namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// The leases on one version of a plugin. Callers on different processors share nothing that either writes. Once closed it admits no more calls, and
/// says when the last has ended.
/// </summary>
internal sealed class CallLeases
{
    private const int MostStripes = 32;
    private static readonly int Stripes = (int)Math.Min(MostStripes, BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CallLease?[] _homes = new CallLease?[Stripes];
    private readonly LeaseStripe?[] _stripes = new LeaseStripe?[Stripes];
    private long _watchedDeadline = CallLease.NoDeadline;
    private bool _abandoned;
    private bool _closed;
    // One for whoever closes, so that the last of the running calls is not taken for the last of all before all are counted.
    private int _running = 1;

    /// <summary>How many leases are held now.</summary>
    public int Count => Existing().Sum(static s => s.Count);

    /// <summary>How many calls were answered under these leases.</summary>
    public long Calls => Existing().Sum(static s => s.Calls);

    /// <summary>Ends when the leases are closed and none is held.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Whether calls must end because the plugin stops.</summary>
    public bool IsAbandoned => Volatile.Read(ref _abandoned);

    /// <summary>The shortest deadline that the wheel watches these leases for. Written by the wheel alone.</summary>
    public long WatchedDeadline
    {
        get => Volatile.Read(ref _watchedDeadline);
        set => Volatile.Write(ref _watchedDeadline, value);
    }

    /// <summary>Takes a lease, unless they are closed: then null. Every lease taken must end.</summary>
    public CallLease? TryAcquire()
    {
        var index = Thread.GetCurrentProcessorId() & (Stripes - 1);
        return Volatile.Read(ref _homes[index]) is { } home && home.TryTake() ? home : Stripe(index).Take();
    }

    /// <summary>Admits no more leases.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_closed) return;
            _closed = true;
        }

        // No stripe comes after this that is not closed from its beginning.
        foreach (var stripe in Existing()) stripe.Close();
        OnClosedLeaseEnded();
    }

    /// <summary>Stops the calls that run, and those that may yet begin.</summary>
    public void Abandon()
    {
        Volatile.Write(ref _abandoned, true);
        // Either a call that begins sees the flag, or it is seen here.
        Interlocked.MemoryBarrier();
        foreach (var stripe in Existing()) stripe.Stop();
    }

    public void Examine(ref DeadlineSweep sweep)
    {
        foreach (var stripe in _stripes) Volatile.Read(in stripe)?.Examine(ref sweep);
    }

    /// <summary>Closes one lease, and counts it where it is held. Called by its stripe, under the stripe's lock.</summary>
    public bool OnClosing(CallLease lease)
    {
        // Counted first: a lease that is held may end as soon as it is closed.
        Interlocked.Increment(ref _running);
        if (lease.Close()) return true;
        Interlocked.Decrement(ref _running);
        return false;
    }

    public void OnClosedLeaseEnded()
    {
        if (Interlocked.Decrement(ref _running) == 0) _drained.TrySetResult();
    }

    public void SetHome(int index, CallLease? home) => Volatile.Write(ref _homes[index], home);

    private LeaseStripe Stripe(int index)
    {
        if (Volatile.Read(ref _stripes[index]) is { } stripe) return stripe;
        lock (_lock)
        {
            if (_stripes[index] is { } made) return made;
            stripe = new LeaseStripe(this, index);
            if (_closed) stripe.Close();
            Volatile.Write(ref _stripes[index], stripe);
            return stripe;
        }
    }

    private IEnumerable<LeaseStripe> Existing()
    {
        lock (_lock)
            return [.. _stripes.OfType<LeaseStripe>()];
    }
}
