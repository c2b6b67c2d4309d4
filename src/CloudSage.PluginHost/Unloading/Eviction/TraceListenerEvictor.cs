using System.Diagnostics;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Takes the plugin's listeners off <see cref="Trace.Listeners"/>.</summary>
internal sealed class TraceListenerEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "trace listeners";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        // Asking Trace itself would make the list, and read settings, where nobody has used it yet.
        var type = shapes.Type("System.Diagnostics.TraceSource", "System.Diagnostics.TraceInternal");
        if (shapes.Field(type, "s_listeners")?.GetValue(null) is not TraceListenerCollection listeners) return 0;
        lock (shapes.Field(type, "critSec")?.GetValue(null) ?? listeners)
        {
            TraceListener[] owned = [.. listeners.OfType<TraceListener>().Where(l => plugin.Owns(l.GetType()))];
            foreach (var listener in owned) listeners.Remove(listener);
            return owned.Length;
        }
    }
}
