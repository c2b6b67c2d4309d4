using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Objects of the plugin's that it put into the process' named data: <see cref="AppContext.SetData"/>.</summary>
internal sealed class AppContextEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "AppContext data";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (shapes.Field(typeof(AppContext), "s_dataStore")?.GetValue(null) is not IDictionary data) return 0;
        lock (data) return OwnedEntries.Remove(data, plugin, static (p, _, value) => p.Owns(value));
    }
}
