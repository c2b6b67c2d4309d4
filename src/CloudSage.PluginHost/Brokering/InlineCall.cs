using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Brokering;

/// <summary>A call on the caller's thread: as fast as a lease allows, but a plugin that blocks blocks the caller.</summary>
internal static class InlineCall
{
    /// <summary>Makes a call whose lease has begun, and ends it when the plugin's code has returned.</summary>
    public static ValueTask<CallOutcome<TResult>> Run<TExtension, TArgument, TResult>(
        ExtensionTarget target,
        CallLease lease,
        TExtension extension,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        in CallTerms terms) where TExtension : class
    {
        CallOutcome<TResult> outcome;
        try
        {
            var pending = CleanExecution.Invoke(call, extension, argument, lease.Token);
            if (!pending.IsCompleted) return AwaitAsync(target, lease, pending, terms);
            outcome = CallEnd.Answered(target, lease, pending.GetAwaiter().GetResult());
        }
        catch (Exception e)
        {
            // The boundary: what a plugin throws goes no further than this.
            outcome = Failed<TResult>(target, lease, e, terms);
        }

        lease.End();
        return new ValueTask<CallOutcome<TResult>>(outcome);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<CallOutcome<TResult>> AwaitAsync<TResult>(ExtensionTarget target, CallLease lease, ValueTask<TResult> pending, CallTerms terms)
    {
        terms.SetDue(lease);
        try
        {
            return CallEnd.Answered(target, lease, await pending.ConfigureAwait(false));
        }
        catch (Exception e)
        {
            // The boundary, as above.
            return Failed<TResult>(target, lease, e, terms);
        }
        finally
        {
            // Whoever completed the plugin's task may stand below on this stack: go on elsewhere, so that the plugin's frames can end.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            lease.End();
        }
    }

    private static CallOutcome<TResult> Failed<TResult>(ExtensionTarget target, CallLease lease, Exception exception, in CallTerms terms)
        // A plugin that is told to stop and does so obeys its token: the deadline's, the caller's, or the one that stops it.
        => exception is OperationCanceledException && lease.IsStopped
            ? terms.Stopped<TResult>(target, lease)
            : CallEnd.Threw<TResult>(target, exception, terms.Clock);
}
