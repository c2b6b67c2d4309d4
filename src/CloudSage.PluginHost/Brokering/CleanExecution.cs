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
        var host = ExecutionContext.Capture();
        ExecutionContext.Restore(Empty);
        try
        {
            return call(extension, argument, cancellationToken);
        }
        finally
        {
            // Null means that the caller had suppressed the flow; then there is nothing of its own to put back.
            if (host is not null) ExecutionContext.Restore(host);
        }
    }

    private static ExecutionContext CaptureEmpty()
    {
        ExecutionContext? empty = null;
        var thread = new Thread(() => empty = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return empty!;
    }
}
