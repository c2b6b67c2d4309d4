namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's code off a <see cref="PeriodicTimer"/>, which has but one to wait for it. To remove the timer alone would not
/// do: its finalizer ends the wait, and the plugin's code would go on.
/// </summary>
internal sealed class TickWaiters(RuntimeShapes shapes, TaskWaiters tasks)
{
    /// <summary>Takes the waiter off if it is the plugin's, and removes the timer. Of a wait that is a task, and may have others who wait, only the plugin is taken off.</summary>
    /// <param name="plugin">Tells what is the plugin's.</param>
    /// <param name="timer">The timer in the queue.</param>
    /// <param name="state">What its callback is given.</param>
    public int Cut(PluginOwnership plugin, ITimer timer, object? state)
    {
        if (state?.GetType() is not { Name: "State" } type || type.DeclaringType != typeof(PeriodicTimer) || shapes.Field(type, "_mrvtsc") is not { } wait
            || shapes.Field(wait.FieldType, "_continuation") is not { } continuation || shapes.Field(wait.FieldType, "_continuationState") is not { } waiter) return 0;

        // The lock that a tick takes.
        lock (state)
        {
            var source = wait.GetValue(state);
            var waiting = waiter.GetValue(source);
            if (!tasks.IsPlugins(plugin, continuation.GetValue(source)) && !tasks.IsPlugins(plugin, waiting))
                return waiting is Task task ? tasks.Cut(plugin, task) : 0;
            if (waiting is Task box && tasks.HasBlockedThread(box)) return 0;
            continuation.SetValue(source, null);
            waiter.SetValue(source, null);
            wait.SetValue(state, source);
        }

        timer.Dispose();
        return 1;
    }
}
