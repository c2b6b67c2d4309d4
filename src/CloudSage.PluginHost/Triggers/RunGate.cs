namespace CloudSage.PluginHost.Triggers;

/// <summary>Knows what runs now, lets nothing new in while the host stops, and cancels what does not end in time.</summary>
internal sealed class RunGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);
    private readonly List<PluginRunResult> _cancelledRuns = [];
    private readonly CancellationTokenSource _cancelled = new();
    private TaskCompletionSource _idle = NewIdle();
    private bool _closed;

    public RunGate()
    {
        Cancelled = _cancelled.Token;
        _idle.SetResult();
    }

    /// <summary>Cancelled when running runs have to end at once.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>The runs that ended as cancelled since <see cref="CancelAsync"/>.</summary>
    public IReadOnlyList<PluginRunResult> CancelledRuns
    {
        get { lock (_lock) return [.. _cancelledRuns]; }
    }

    public bool TryEnter(PluginRun run)
    {
        lock (_lock)
        {
            if (_cancelled.IsCancellationRequested || (_closed && !run.Accepted)) return false;
            if (_running.Count == 0) _idle = NewIdle();
            _running[run.Plugin] = _running.GetValueOrDefault(run.Plugin) + 1;
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryEnter"/> began; without a result where the run ended in an exception.</summary>
    public void Leave(PluginRun run, PluginRunResult? result)
    {
        lock (_lock)
        {
            if (result?.Status == PluginRunStatus.Cancelled && _cancelled.IsCancellationRequested) _cancelledRuns.Add(result);
            if (--_running[run.Plugin] == 0) _running.Remove(run.Plugin);
            if (_running.Count == 0) _idle.TrySetResult();
        }
    }

    public bool IsRunning(string plugin)
    {
        lock (_lock) return _running.ContainsKey(plugin);
    }

    /// <summary>Refuses runs that were not accepted before.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
    }

    public Task WhenIdle()
    {
        lock (_lock) return _idle.Task;
    }

    public Task CancelAsync() => _cancelled.CancelAsync();

    public void Dispose() => _cancelled.Dispose();

    private static TaskCompletionSource NewIdle() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
