using System.Diagnostics.Tracing;
using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's event listeners off the list of all, and off every event source. What their disposal would do, without the
/// plugin's code: <see cref="EventListener.Dispose"/> can be overridden.
/// </summary>
internal sealed class EventListenerEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "event listeners";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var type = typeof(EventListener);
        if (shapes.Field(type, "s_Listeners") is not { } head || shapes.Field(type, "m_Next") is not { } next
            || shapes.Method(type, "RemoveReferencesToListenerInEventSources") is not { } forget
            || shapes.Method(type, "get_EventListenersLock")?.Invoke(null, null) is not { } gate) return 0;

        var removed = 0;
        lock (gate)
        {
            EventListener? previous = null;
            for (var listener = (EventListener?)head.GetValue(null); listener is not null; listener = (EventListener?)next.GetValue(listener))
            {
                if (!Owns(plugin, listener))
                {
                    previous = listener;
                    continue;
                }

                var after = next.GetValue(listener);
                if (previous is null) head.SetValue(null, after);
                else next.SetValue(previous, after);
                forget.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [listener], null);
                removed++;
            }
        }

        return removed;
    }

    private static bool Owns(PluginOwnership plugin, EventListener listener) => plugin.Owns(listener.GetType());
}
