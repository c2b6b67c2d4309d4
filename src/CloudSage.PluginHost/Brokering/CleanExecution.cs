using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// Runs the synchronous part of a call under an empty execution context: what a plugin leaves in an AsyncLocal must not stay
/// with the host's thread, and what the host has there is none of the plugin's business.
/// </summary>
internal static class CleanExecution
{
    private static readonly ExecutionContext Empty = CaptureEmpty();

    public static ValueTask<TResult> Invoke<TExtension, TArgument, TResult>(
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call, TExtension extension, TArgument argument, CancellationToken cancellationToken)
    {
        var step = new Step<TExtension, TArgument, TResult>(call, extension, argument, cancellationToken);
        // Starting an asynchronous method puts the thread's execution and synchronization contexts back when its first part has ended, however it
        // ended and whatever they were. Nothing else that is public does this as fast, or where the flow is suppressed.
        AsyncTaskMethodBuilder.Create().Start(ref step);
        return step.Answer;
    }

    /// <summary>Empties the context of this thread.</summary>
    public static void Clear() => ExecutionContext.Restore(Empty);

    private static ExecutionContext CaptureEmpty()
    {
        ExecutionContext? empty = null;
        var thread = new Thread(() => empty = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return empty!;
    }

    private struct Step<TExtension, TArgument, TResult>(
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call, TExtension extension, TArgument argument, CancellationToken cancellationToken)
        : IAsyncStateMachine
    {
        public ValueTask<TResult> Answer { get; private set; }

        public void MoveNext()
        {
            ExecutionContext.Restore(Empty);
            var answer = call(extension, argument, cancellationToken);
            Answer = answer;
        }

        public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
        {
        }
    }
}
