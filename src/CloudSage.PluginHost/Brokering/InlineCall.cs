using CloudSage.PluginHost.Activation;

namespace CloudSage.PluginHost.Brokering;

/// <summary>A call on the caller's thread: as fast as a lease allows, but a plugin that blocks blocks the caller.</summary>
internal static class InlineCall
{
    /// <summary>Makes a call whose lease is already taken, and releases it when the plugin's code has returned.</summary>
    public static async ValueTask<CallOutcome<TResult>> RunAsync<TExtension, TArgument, TResult>(
        ExtensionTarget target,
        TExtension extension,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        TimeSpan deadline,
        TimeProvider clock,
        CancellationToken cancellationToken) where TExtension : class
    {
        using var timeout = deadline == Timeout.InfiniteTimeSpan ? null : new CancellationTokenSource(deadline, clock);
        using var stop = timeout is null ? null : CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, target.Abandoned);
        var token = stop?.Token ?? cancellationToken;
        try
        {
            var value = await CleanExecution.Invoke(call, extension, argument, token).ConfigureAwait(false);
            return PooledCall.Outcome(target, PluginCodeStatus.Completed, value, null, clock);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The plugin obeyed its token: the deadline's, the caller's, or the one that stops it.
            var timedOut = timeout is { IsCancellationRequested: true } && !cancellationToken.IsCancellationRequested;
            var fault = timedOut
                ? new PluginFault(BrokeringCodes.CallTimedOut, typeof(TimeoutException).FullName!, $"No answer within {deadline}.", string.Empty, clock.GetUtcNow())
                : null;
            return PooledCall.Outcome<TResult>(target, timedOut ? PluginCodeStatus.TimedOut : PluginCodeStatus.Cancelled, default, fault, clock);
        }
        catch (Exception e)
        {
            // The boundary: what a plugin throws becomes text here.
            return PooledCall.Outcome<TResult>(target, PluginCodeStatus.Faulted, default, PluginFault.From(BrokeringCodes.CallFaulted, e, clock.GetUtcNow()), clock);
        }
        finally
        {
            target.Leases.Release();
        }
    }
}
