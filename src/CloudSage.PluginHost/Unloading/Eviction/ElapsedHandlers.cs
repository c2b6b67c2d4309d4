using System.ComponentModel;
using Timer = System.Timers.Timer;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's handlers off a <c>System.Timers.Timer</c>. Whose timer it is cannot be known. One that is left without a
/// handler is therefore held weakly from then on: it goes on where someone still has it, and ends where nobody does.
/// </summary>
internal sealed class ElapsedHandlers(RuntimeShapes shapes, TimerQueues queues)
{
    /// <summary>Removes the handlers.</summary>
    /// <param name="plugin">Tells what is the plugin's.</param>
    /// <param name="timer">The timer in the queue.</param>
    /// <param name="target">What its callback runs on.</param>
    public int Remove(PluginOwnership plugin, ITimer timer, object? target)
    {
        if (target is not Component || shapes.Type("System.ComponentModel.TypeConverter", "System.Timers.Timer") is not { } type
            || !type.IsInstanceOfType(target) || shapes.Field(type, "_onIntervalElapsed") is not { } handlers
            || shapes.Method(type, "remove_Elapsed") is not { } remove) return 0;
        var removed = Handlers.Remove(plugin, handlers.GetValue(target), remove, target);
        if (removed > 0 && handlers.GetValue(target) is null) Weaken(timer, target);
        return removed;
    }

    private void Weaken(ITimer timer, object target)
    {
        if (queues.Callback is not { } callback || callback.GetValue(timer) is not TimerCallback tick || queues.State is not { } state) return;
        callback.SetValue(timer, new TimerCallback(new WeakTick((Timer)target, tick.Method.CreateDelegate<Action<Timer, object?>>(), state.GetValue(timer)).Tick));
    }

    /// <summary>Ticks for as long as there is someone to tick for. The timer in the queue ends with its owner, by its finalizer.</summary>
    private sealed class WeakTick(Timer owner, Action<Timer, object?> tick, object? state)
    {
        private readonly WeakReference<Timer> _owner = new(owner);

        public void Tick(object? _)
        {
            if (_owner.TryGetTarget(out var owner)) tick(owner, state);
        }
    }
}
