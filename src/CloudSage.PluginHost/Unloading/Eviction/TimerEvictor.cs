namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Ends the plugin's timers, and its waits for time: timers of any kind that call its code are removed, and its code is taken off
/// delays, timeouts and delayed cancellations. Timers of others stay, though the plugin may have waited for them too.
/// </summary>
internal sealed class TimerEvictor(
    TimerQueues queues, TaskWaiters tasks, CancellationWaiters cancellations, TickWaiters ticks, ElapsedHandlers elapsed, BlockedThreads blocked,
    ExecutionContexts contexts) : IEvictor
{
    public string Cause => "timers";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (queues.Callback is not { } callback || queues.State is not { } state || queues.Context is not { } context) return 0;
        // Many timers of a host share a context.
        var clean = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var removed = 0;
        foreach (var timer in queues.Set())
        {
            removed += Evict(plugin, timer, callback.GetValue(timer) as Delegate, state.GetValue(timer));
            if (context.GetValue(timer) is not { } flow || clean.Contains(flow)) continue;
            var values = contexts.Clean(plugin, context, timer);
            if (values == 0) clean.Add(flow);
            removed += values;
        }

        return removed;
    }

    private int Evict(PluginOwnership plugin, ITimer timer, Delegate? callback, object? state) => state switch
    {
        _ when plugin.Runs(callback) => Remove(timer, callback?.Target, state),
        // A host's wait for a plugin's task is the host's, though the types of both may be made of the plugin's.
        Task promise => tasks.Cut(plugin, promise),
        CancellationTokenSource source when !plugin.Owns(source.GetType().Assembly) => cancellations.Cut(plugin, source),
        _ when plugin.Owns(callback) || plugin.Owns(state) => Remove(timer, callback?.Target, state),
        _ => ticks.Cut(plugin, timer, state) + elapsed.Remove(plugin, timer, callback?.Target),
    };

    private int Remove(ITimer timer, object? target, object? state)
    {
        if (blocked.WaitNear(target) || blocked.WaitNear(state)) return 0;
        timer.Dispose();
        return 1;
    }
}
