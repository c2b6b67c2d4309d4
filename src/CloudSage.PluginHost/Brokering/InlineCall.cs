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
        using var stop = deadline == Timeout.InfiniteTimeSpan && !cancellationToken.CanBeCanceled
            ? null
            : new InlineStop(deadline, clock, cancellationToken, target.Abandoned);
        var token = stop?.Token ?? target.Abandoned;
        var suspended = false;
        try
        {
            var pending = CleanExecution.Invoke(call, extension, argument, token);
            suspended = !pending.IsCompleted;
            return PooledCall.Outcome(target, PluginCodeStatus.Completed, await pending.ConfigureAwait(false), null, clock);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The plugin obeyed its token: the deadline's, the caller's, or the one that stops it.
            var timedOut = stop is { TimedOut: true } && !cancellationToken.IsCancellationRequested;
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
            // Whoever completed the plugin's task may stand below on this stack: go on elsewhere, so that the plugin's frames can end.
            if (suspended) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            target.Leases.Release();
        }
    }
}
