using System.Diagnostics.Metrics;
using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Withdraws the plugin's instruments: observable ones, whose callback is its code, and those that measure in a type of its own.
/// Their meter may be shared with others and is left; listeners are told as if it had been disposed.
/// </summary>
internal sealed class InstrumentEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "metric instruments";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (shapes.Field(typeof(Meter), "s_allMeters")?.GetValue(null) is not List<Meter> meters
            || shapes.Field(typeof(Meter), "_instruments") is not { } instruments
            || shapes.Field(typeof(Instrument), "<SyncObject>k__BackingField")?.GetValue(null) is not { } gate
            || shapes.Method(typeof(Instrument), "NotifyForUnpublishedInstrument") is not { } unpublish) return 0;

        var owned = new List<Instrument>();
        lock (gate)
        {
            foreach (var meter in meters)
            {
                if (instruments.GetValue(meter) is not List<Instrument> list) continue;
                owned.AddRange(list.Where(i => Owns(plugin, i)));
                list.RemoveAll(owned.Contains);
            }
        }

        foreach (var instrument in owned) unpublish.Invoke(instrument, BindingFlags.DoNotWrapExceptions, null, null, null);
        return owned.Count;
    }

    private bool Owns(PluginOwnership plugin, Instrument instrument)
    {
        var type = instrument.GetType();
        if (plugin.Owns(type)) return true;
        if (!instrument.IsObservable || !type.IsGenericType || type.Assembly != typeof(Instrument).Assembly) return false;
        return plugin.Owns(shapes.Field(type, "_callback")?.GetValue(instrument));
    }
}
