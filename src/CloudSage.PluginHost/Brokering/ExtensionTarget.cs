namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// One version of a plugin as the broker sees it. Holds the entry object until <see cref="Detach"/>, and besides it only text and numbers.
/// </summary>
internal sealed class ExtensionTarget
{
    private object? _entry;
    private long _failedCalls;
    private long _faults;
    private PluginFault? _lastFault;

    public ExtensionTarget(string plugin, string version, object entry, IReadOnlyList<ExtensionRegistration> registrations, CircuitBreaker breaker)
    {
        (Plugin, Version, _entry, Registrations, Breaker) = (plugin, version, entry, registrations, breaker);
    }

    public string Plugin { get; }

    public string Version { get; }

    /// <summary>What it serves: host interfaces alone.</summary>
    public IReadOnlyList<ExtensionRegistration> Registrations { get; }

    public CallLeases Leases { get; } = new();

    public CircuitBreaker Breaker { get; }

    /// <summary>How many calls have ended, however they did.</summary>
    public long Calls => Leases.Calls + Interlocked.Read(ref _failedCalls);

    public long Faults => Interlocked.Read(ref _faults);

    public PluginFault? LastFault => Volatile.Read(ref _lastFault);

    /// <summary>Takes a lease for one call. Null where the version takes no more calls: look the plugin up again.</summary>
    public CallLease? TryLease<TExtension>(out TExtension? extension) where TExtension : class
    {
        extension = null;
        if (Leases.TryAcquire() is not { } lease) return null;
        extension = Volatile.Read(ref _entry) as TExtension;
        if (extension is not null) return lease;
        lease.End();
        return null;
    }

    /// <summary>Counts a call that did not succeed. Those that did are counted by their leases.</summary>
    public void CountFailed(CallStatus status, PluginFault? fault)
    {
        Interlocked.Increment(ref _failedCalls);
        if (status is CallStatus.Faulted or CallStatus.TimedOut)
        {
            Interlocked.Increment(ref _faults);
            Volatile.Write(ref _lastFault, fault);
            Breaker.Failed();
        }
        else
        {
            Breaker.Undecided();
        }
    }

    /// <summary>Cancels the calls that are still running; what plugins registered on the token runs on the pool and holds up nobody.</summary>
    public void Abandon() => Leases.Abandon();

    /// <summary>Lets go of the plugin's entry object.</summary>
    public void Detach() => Volatile.Write(ref _entry, null);
}

/// <summary>An extension point that a plugin serves.</summary>
/// <param name="Type">The host interface.</param>
/// <param name="Name">Its name in manifests and reports.</param>
/// <param name="Priority">Higher is called earlier.</param>
internal sealed record ExtensionRegistration(Type Type, string Name, int Priority);
