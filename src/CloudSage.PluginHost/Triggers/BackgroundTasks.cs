namespace CloudSage.PluginHost.Triggers;

/// <summary>Starts tasks for one owner and keeps those that have not ended, so that the owner can wait for them.</summary>
internal sealed class BackgroundTasks
{
    private readonly Lock _lock = new();
    private readonly List<Task> _tasks = [];

    /// <summary>Starts a task on the pool. Its body must catch what it throws.</summary>
    public void Start(Func<Task> body)
    {
        lock (_lock)
        {
            _tasks.RemoveAll(static t => t.IsCompletedSuccessfully);
            _tasks.Add(StartDetached(body));
        }
    }

    /// <summary>Ends when every task that was started has ended. A task that threw makes this throw.</summary>
    public Task WhenAll()
    {
        lock (_lock) return Task.WhenAll(_tasks);
    }

    /// <summary>Without the caller's execution context: a plugin may be the caller, and its context would keep it in memory.</summary>
    private static Task StartDetached(Func<Task> body)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Task.Run(body);
        using (ExecutionContext.SuppressFlow()) return Task.Run(body);
    }
}
