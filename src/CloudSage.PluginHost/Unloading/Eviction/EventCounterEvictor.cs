using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Stops the polling of the plugin's event counters, which goes on for as long as someone outside has them enabled.</summary>
internal sealed class EventCounterEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "event counters";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var group = shapes.Type("System.Private.CoreLib", "System.Diagnostics.Tracing.CounterGroup");
        // The list is made, and the lock is of use, when a counter is enabled for the first time.
        if (shapes.Field(group, "s_counterGroupEnabledList")?.GetValue(null) is not IList enabled
            || shapes.Field(group, "s_counterGroupLock")?.GetValue(null) is not { } gate || shapes.Field(group, "_eventSource") is not { } source) return 0;
        lock (gate)
        {
            object[] owned = [.. enabled.Cast<object>().Where(g => plugin.Owns(source.GetValue(g)))];
            foreach (var each in owned) enabled.Remove(each);
            return owned.Length;
        }
    }
}
