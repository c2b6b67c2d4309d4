using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Brokering;

/// <summary>Calls plugins by way of the current extension table.</summary>
internal sealed class ExtensionBroker(ExtensionDirectory directory, IOptions<BrokerOptions> options, BrokerTelemetry telemetry, TimeProvider clock)
    : IExtensionBroker
{
    private readonly BrokerOptions _options = options.Value;

    public IReadOnlyList<ExtensionProvider> Providers<TExtension>() where TExtension : class =>
    [
        .. directory.Current.FindAll(typeof(TExtension)).Select(static t =>
            new ExtensionProvider(t.Plugin, t.Version, t.Registrations.First(static r => r.Type == typeof(TExtension)).Priority)),
    ];

    public async ValueTask<CallOutcome<TResult>> InvokeAsync<TExtension, TArgument, TResult>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
    {
        // A call that is given up before it began is not made at all.
        if (cancellationToken.IsCancellationRequested) return new CallOutcome<TResult>(plugin, null, CallStatus.Cancelled, default, null);
        if (!TryLease<TExtension>(plugin, out var target, out var extension, out var refusal))
            return new CallOutcome<TResult>(plugin, target?.Version, CallStatus.Unavailable, default, refusal);

        using var activity = telemetry.StartCall(target, typeof(TExtension));
        var started = clock.GetTimestamp();
        var outcome = options is { Inline: true }
            ? await InlineCall.RunAsync(target, extension, argument, call, options.Deadline ?? Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(false)
            : await PooledCall.RunAsync(target, extension, argument, call, options?.Deadline ?? _options.CallDeadline, clock, cancellationToken).ConfigureAwait(false);
        telemetry.EndCall(activity, typeof(TExtension), outcome.Plugin, outcome.Status, outcome.Fault, clock.GetElapsedTime(started));
        return outcome;
    }

    public async ValueTask<IReadOnlyList<CallOutcome<TResult>>> InvokeAllAsync<TExtension, TArgument, TResult>(
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
    {
        var targets = directory.Current.FindAll(typeof(TExtension));
        var outcomes = new CallOutcome<TResult>[targets.Count];
        for (var i = 0; i < targets.Count; i++)
            outcomes[i] = await InvokeAsync(targets[i].Plugin, argument, call, options, cancellationToken).ConfigureAwait(false);
        return outcomes;
    }

    public PluginStream<TItem> Stream<TExtension, TArgument, TItem>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, IAsyncEnumerable<TItem>> call,
        CallOptions? options = null) where TExtension : class
        => new LeasedStream<TExtension, TArgument, TItem>(this, plugin, argument, call, options?.Deadline ?? _options.CallDeadline, telemetry, clock);

    /// <summary>
    /// Takes a lease on the version that serves now. A version that closes between the look-up and the lease was replaced in the table
    /// before it closed, so looking again finds its successor, or that there is none.
    /// </summary>
    internal bool TryLease<TExtension>(
        string plugin, out ExtensionTarget target, out TExtension extension, out PluginFault? refusal) where TExtension : class
    {
        (extension, refusal) = (null!, null);
        ExtensionTarget? last = null;
        while (directory.Current.Find(typeof(TExtension), plugin) is { } found)
        {
            target = found;
            if (found.TryLease(out extension!))
            {
                if (found.Breaker.Admits()) return true;
                found.Leases.Release();
                refusal = Refuse(BrokeringCodes.CircuitOpen, $"{plugin} failed {_options.FaultThreshold} times in a row; its calls are refused for a while ({_options.BreakDuration}).");
                return false;
            }

            if (ReferenceEquals(last, found)) break;
            last = found;
        }

        target = last!;
        refusal = Refuse(BrokeringCodes.NotServed, $"No active plugin '{plugin}' serves {typeof(TExtension).Name}.");
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PluginFault Refuse(string code, string message) => new(code, string.Empty, message, string.Empty, clock.GetUtcNow());
}
