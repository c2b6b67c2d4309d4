using CloudSage.PluginHost.Activation;

namespace CloudSage.PluginHost.Brokering;

/// <summary>A call on the thread pool: a plugin that blocks or ignores its token costs the caller no more than the deadline.</summary>
internal static class PooledCall
{
    /// <summary>Makes a call whose lease is already taken, and releases it when the plugin's code has really returned.</summary>
    public static async ValueTask<CallOutcome<TResult>> RunAsync<TExtension, TArgument, TResult>(
        ExtensionTarget target,
        TExtension extension,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        TimeSpan deadline,
        TimeProvider clock,
        CancellationToken cancellationToken) where TExtension : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, target.Abandoned);
        var result = await PluginCode.RunAsync(BrokeringCodes.CallFaulted, async token =>
        {
            try
            {
                return await call(extension, argument, token).ConfigureAwait(false);
            }
            finally
            {
                target.Leases.Release();
            }
        }, deadline, clock, stop.Token).ConfigureAwait(false);
        return Outcome(target, result.Status, result.Value, result.Fault, clock);
    }

    /// <summary>Counts the call and makes its outcome.</summary>
    public static CallOutcome<TResult> Outcome<TResult>(
        ExtensionTarget target, PluginCodeStatus ended, TResult? value, PluginFault? fault, TimeProvider clock)
    {
        var status = ended switch
        {
            PluginCodeStatus.Completed => CallStatus.Succeeded,
            PluginCodeStatus.Faulted => CallStatus.Faulted,
            PluginCodeStatus.TimedOut => CallStatus.TimedOut,
            _ => CallStatus.Cancelled,
        };
        fault = status switch
        {
            CallStatus.TimedOut => fault! with { Code = BrokeringCodes.CallTimedOut },
            CallStatus.Cancelled when target.Abandoned.IsCancellationRequested => new PluginFault(
                BrokeringCodes.PluginStopped, string.Empty, $"{target.Plugin} {target.Version} was stopped during the call.", string.Empty, clock.GetUtcNow()),
            _ => fault,
        };
        target.Count(status, fault);
        return new CallOutcome<TResult>(target.Plugin, target.Version, status, value, fault);
    }
}
