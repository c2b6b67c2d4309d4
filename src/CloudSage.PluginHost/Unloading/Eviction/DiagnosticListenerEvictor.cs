using System.Diagnostics;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Takes diagnostic listeners of the plugin's own types off the list of all. Their disposal would call the observers of others, and can be overridden.</summary>
internal sealed class DiagnosticListenerEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "diagnostic listeners";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var type = typeof(DiagnosticListener);
        if (shapes.Field(type, "s_allListeners") is not { } head || shapes.Field(type, "_next") is not { } next
            || shapes.Field(type, "s_allListenersLock")?.GetValue(null) is not { } gate) return 0;

        var removed = 0;
        lock (gate)
        {
            object? previous = null;
            for (var listener = head.GetValue(null); listener is not null; listener = next.GetValue(listener))
            {
                if (!plugin.Owns(listener.GetType()))
                {
                    previous = listener;
                    continue;
                }

                if (previous is null) head.SetValue(null, next.GetValue(listener));
                else next.SetValue(previous, next.GetValue(listener));
                removed++;
            }
        }

        return removed;
    }
}
