namespace CloudSage.PluginHost.Activation;

/// <summary>One piece of a plugin's background work: on the thread pool, under an execution context of its own, and with its failure as text.</summary>
internal sealed class BackgroundRun : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PluginScope _scope;
    private readonly CancellationToken _stopping;
    private Func<CancellationToken, Task>? _work;

    public BackgroundRun(string name, Func<CancellationToken, Task> work, PluginScope scope, CancellationToken stopping)
    {
        (Name, _work, _scope, _stopping) = (name, work, scope, stopping);
    }

    public string Name { get; }

    /// <summary>Ends when the work has really returned, however it did. A task of the host's: it holds nothing of the plugin.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Unsafe: what the plugin has in AsyncLocals at this moment must not flow into what may outlive it.</summary>
    public void Begin() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Execute() => _ = ExecuteAsync();

    /// <summary>Never fails: it is the boundary. Its end is signalled by <see cref="Ended"/>, which the scope awaits.</summary>
    private async Task ExecuteAsync()
    {
        PluginFault? fault = null;
        try
        {
            await Interlocked.Exchange(ref _work, null)!(_stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The work obeyed its token.
        }
        catch (Exception e)
        {
            // The boundary: what a plugin throws becomes text here.
            fault = _scope.FaultOf(Name, e);
        }

        _scope.OnEnded(this, fault);
        _ended.TrySetResult();
    }
}
