namespace CloudSage.PluginHost.Activation;

/// <summary>Cancels tokens that plugins hold.</summary>
internal static class PluginCancellation
{
    /// <summary>
    /// Cancels at once, but runs what is registered on the token on the pool: a plugin's callback that blocks or throws must do neither to whoever
    /// cancels. Never fails. The task ends when all callbacks have, which may be never.
    /// </summary>
    public static async Task CancelForPluginAsync(this CancellationTokenSource source)
    {
        try
        {
            await source.CancelOnPoolAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A callback of the plugin's threw, or its code ended at this moment and the source is disposed: either way it is cancelled.
        }
    }

    /// <summary>The same, but the task fails with what the callbacks threw. The host's execution context does not flow into them.</summary>
    public static Task CancelOnPoolAsync(this CancellationTokenSource source)
    {
        if (ExecutionContext.IsFlowSuppressed()) return source.CancelAsync();
        using (ExecutionContext.SuppressFlow()) return source.CancelAsync();
    }
}
