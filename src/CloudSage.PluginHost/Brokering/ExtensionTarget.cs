using System.Diagnostics.CodeAnalysis;
using CloudSage.PluginHost.Activation;

namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// One version of a plugin as the broker sees it. Holds the entry object until <see cref="Detach"/>, and besides it only text and numbers.
/// </summary>
internal sealed class ExtensionTarget : IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();
    private object? _entry;
    private long _calls;
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

    public LeaseCounter Leases { get; } = new();

    public CircuitBreaker Breaker { get; }

    /// <summary>Cancelled when calls that are still running must end because the plugin stops.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    public long Calls => Interlocked.Read(ref _calls);

    public long Faults => Interlocked.Read(ref _faults);

    public PluginFault? LastFault => Volatile.Read(ref _lastFault);

    /// <summary>Takes a lease for one call. False where the version takes no more calls: look the plugin up again.</summary>
    public bool TryLease<TExtension>([NotNullWhen(true)] out TExtension? extension) where TExtension : class
    {
        extension = null;
        if (!Leases.TryAcquire()) return false;
        extension = Volatile.Read(ref _entry) as TExtension;
        if (extension is not null) return true;
        Leases.Release();
        return false;
    }

    public void Count(CallStatus status, PluginFault? fault)
    {
        Interlocked.Increment(ref _calls);
        switch (status)
        {
            case CallStatus.Succeeded:
                Breaker.Succeeded();
                break;
            case CallStatus.Faulted or CallStatus.TimedOut:
                Interlocked.Increment(ref _faults);
                Volatile.Write(ref _lastFault, fault);
                Breaker.Failed();
                break;
            default:
                Breaker.Undecided();
                break;
        }
    }

    /// <summary>Cancels the calls that are still running; what plugins registered on the token runs on the pool and holds up nobody.</summary>
    public void Abandon() => _ = _abandoned.CancelForPluginAsync();

    /// <summary>Lets go of the plugin's entry object.</summary>
    public void Detach() => Volatile.Write(ref _entry, null);

    public void Dispose() => _abandoned.Dispose();
}

/// <summary>An extension point that a plugin serves.</summary>
/// <param name="Type">The host interface.</param>
/// <param name="Name">Its name in manifests and reports.</param>
/// <param name="Priority">Higher is called earlier.</param>
internal sealed record ExtensionRegistration(Type Type, string Name, int Priority);
