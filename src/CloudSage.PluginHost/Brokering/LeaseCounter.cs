namespace CloudSage.PluginHost.Brokering;

/// <summary>Counts the calls that run in one version of a plugin. Once closed it admits no more, and says when the last has ended.</summary>
internal sealed class LeaseCounter
{
    private const long ClosedBit = 1L << 62;

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _state;

    /// <summary>How many leases are held now.</summary>
    public int Count => (int)(Volatile.Read(ref _state) & ~ClosedBit);

    /// <summary>Ends when the counter is closed and no lease is held.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Takes a lease, unless the counter is closed. Every lease taken must be released.</summary>
    public bool TryAcquire()
    {
        if ((Interlocked.Increment(ref _state) & ClosedBit) == 0) return true;
        Release();
        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _state) == ClosedBit) _drained.TrySetResult();
    }

    /// <summary>Admits no more leases.</summary>
    public void Close()
    {
        if (Interlocked.Or(ref _state, ClosedBit) == 0) _drained.TrySetResult();
    }
}
