namespace CloudSage.PluginHost.Triggers;

/// <summary>The latest runs, as many as the capacity says.</summary>
internal sealed class RunHistory(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<PluginRunResult> _runs = new();

    /// <summary>A copy, the newest first.</summary>
    public IReadOnlyList<PluginRunResult> Snapshot()
    {
        lock (_lock) return [.. _runs.Reverse()];
    }

    public void Add(PluginRunResult run)
    {
        lock (_lock)
        {
            _runs.Enqueue(run);
            while (_runs.Count > capacity) _runs.Dequeue();
        }
    }
}
