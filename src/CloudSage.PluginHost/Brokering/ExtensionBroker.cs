using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Brokering;

/// <summary>Calls plugins by way of the current extension table.</summary>
internal sealed class ExtensionBroker(ExtensionDirectory directory, IOptions<BrokerOptions> options, BrokerTelemetry telemetry, DeadlineWheel wheel)
    : IExtensionBroker
{
    private readonly BrokerOptions _options = options.Value;

    public IReadOnlyList<ExtensionProvider> Providers<TExtension>() where TExtension : class =>
    [
        .. directory.Current.FindAll(typeof(TExtension)).Select(static t =>
            new ExtensionProvider(t.Plugin, t.Version, t.Registrations.First(static r => r.Type == typeof(TExtension)).Priority)),
    ];

    public ValueTask<CallOutcome<TResult>> InvokeAsync<TExtension, TArgument, TResult>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
        => Invoke(directory.Current.Find(typeof(TExtension), plugin), plugin, argument, call, options, cancellationToken);

    ValueTask<CallOutcome<TResult>> IExtensionBroker.InvokeCoreAsync<TExtension, TArgument, TResult>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) => InvokeAsync(plugin, argument, call, options, cancellationToken);

    public async ValueTask<IReadOnlyList<CallOutcome<TResult>>> InvokeAllAsync<TExtension, TArgument, TResult>(
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
    {
        var targets = directory.Current.FindAll(typeof(TExtension));
        var outcomes = new CallOutcome<TResult>[targets.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            var pending = Invoke(targets[i], targets[i].Plugin, argument, call, options, cancellationToken);
            outcomes[i] = pending.IsCompletedSuccessfully ? pending.Result : await pending.ConfigureAwait(false);
        }

        return outcomes;
    }

    /// <summary>Not an asynchronous method for as long as the plugins answer at once, as for one call.</summary>
    public ValueTask InvokeAllAsync<TExtension, TArgument, TResult>(
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        ICollection<CallOutcome<TResult>> outcomes,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
    {
        var targets = directory.Current.FindAll(typeof(TExtension));
        // A list is the usual collection, and told apart once: a call by way of a generic interface costs as much as the plugin's answer.
        var list = outcomes as List<CallOutcome<TResult>>;
        for (var i = 0; i < targets.Length; i++)
        {
            var pending = Invoke(targets[i], targets[i].Plugin, argument, call, options, cancellationToken);
            if (!pending.IsCompletedSuccessfully) return InvokeRestAsync(pending, targets.AsMemory(i + 1), argument, call, outcomes, options, cancellationToken);
            if (list is not null) list.Add(pending.Result);
            else outcomes.Add(pending.Result);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask InvokeRestAsync<TExtension, TArgument, TResult>(
        ValueTask<CallOutcome<TResult>> pending,
        ReadOnlyMemory<ExtensionTarget> rest,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        ICollection<CallOutcome<TResult>> outcomes,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
    {
        outcomes.Add(await pending.ConfigureAwait(false));
        for (var i = 0; i < rest.Length; i++)
        {
            var target = rest.Span[i];
            outcomes.Add(await Invoke(target, target.Plugin, argument, call, options, cancellationToken).ConfigureAwait(false));
        }
    }

    public PluginStream<TItem> Stream<TExtension, TArgument, TItem>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, IAsyncEnumerable<TItem>> call,
        CallOptions? options = null) where TExtension : class
        => new LeasedStream<TExtension, TArgument, TItem>(this, plugin, argument, call, options?.Deadline ?? _options.CallDeadline, telemetry, wheel.Clock);

    /// <summary>Takes a lease on the version that serves now.</summary>
    internal CallLease? TryLease<TExtension>(
        string plugin, out ExtensionTarget? target, out TExtension? extension, out PluginFault? refusal) where TExtension : class
        => TryLease(directory.Current.Find(typeof(TExtension), plugin), plugin, out target, out extension, out refusal);

    /// <summary>
    /// Takes a lease on the version that was found. One that closes between the look-up and the lease was replaced in the table
    /// before it closed, so looking again finds its successor, or that there is none.
    /// </summary>
    private CallLease? TryLease<TExtension>(
        ExtensionTarget? found, string plugin, out ExtensionTarget? target, out TExtension? extension, out PluginFault? refusal) where TExtension : class
    {
        refusal = null;
        for (target = null; found is not null && !ReferenceEquals(found, target); found = directory.Current.Find(typeof(TExtension), plugin))
        {
            target = found;
            if (found.TryLease(out extension) is not { } lease) continue;
            if (found.Breaker.Admits()) return lease;
            lease.End();
            refusal = Refuse(BrokeringCodes.CircuitOpen, $"{plugin} failed {_options.FaultThreshold} times in a row; its calls are refused for a while ({_options.BreakDuration}).");
            return null;
        }

        extension = null;
        refusal = Refuse(BrokeringCodes.NotServed, $"No active plugin '{plugin}' serves {typeof(TExtension).Name}.");
        return null;
    }

    /// <summary>Not an asynchronous method: a call that is answered at once pays for no state machine.</summary>
    private ValueTask<CallOutcome<TResult>> Invoke<TExtension, TArgument, TResult>(
        ExtensionTarget? found,
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
    {
        // A call that is given up before it began is not made at all.
        if (cancellationToken.IsCancellationRequested) return new(new CallOutcome<TResult>(plugin, null, CallStatus.Cancelled, default, null));
        if (TryLease<TExtension>(found, plugin, out var target, out var extension, out var refusal) is not { } lease)
            return new(new CallOutcome<TResult>(plugin, target?.Version, CallStatus.Unavailable, default, refusal));

        var terms = new CallTerms(options?.Deadline ?? _options.CallDeadline, options is { Inline: true }, wheel, cancellationToken);
        return telemetry.IsObserved
            ? ObserveAsync(target!, lease, extension!, argument, call, terms)
            : Begin(target!, lease, extension!, argument, call, terms);
    }

    private async ValueTask<CallOutcome<TResult>> ObserveAsync<TExtension, TArgument, TResult>(
        ExtensionTarget target,
        CallLease lease,
        TExtension extension,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallTerms terms) where TExtension : class
    {
        using var activity = telemetry.StartCall(target, typeof(TExtension));
        var started = terms.Clock.GetTimestamp();
        var outcome = await Begin(target, lease, extension, argument, call, terms).ConfigureAwait(false);
        telemetry.EndCall(activity, typeof(TExtension), outcome.Plugin, outcome.Status, outcome.Fault, terms.Clock.GetElapsedTime(started));
        return outcome;
    }

    private static ValueTask<CallOutcome<TResult>> Begin<TExtension, TArgument, TResult>(
        ExtensionTarget target,
        CallLease lease,
        TExtension extension,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        in CallTerms terms) where TExtension : class
    {
        terms.Begin(lease);
        return terms.Inline
            ? InlineCall.Run(target, lease, extension, argument, call, terms)
            : PooledCall<TExtension, TArgument, TResult>.Run(target, lease, extension, argument, call, terms);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PluginFault Refuse(string code, string message) => new(code, string.Empty, message, string.Empty, wheel.Clock.GetUtcNow());
}
