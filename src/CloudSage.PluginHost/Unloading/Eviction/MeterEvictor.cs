using System.Diagnostics.Metrics;
using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Withdraws meters that are the plugin's beyond doubt, with all their instruments: those of a type of its own, with a scope of its own,
/// such as its container's meter factory, or with tags of its own. Listeners are told as if they had been disposed.
/// </summary>
internal sealed class MeterEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "meters";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (shapes.Field(typeof(Meter), "s_allMeters")?.GetValue(null) is not List<Meter> meters
            || shapes.Field(typeof(Meter), "_instruments") is not { } instruments
            || shapes.Field(typeof(Instrument), "<SyncObject>k__BackingField")?.GetValue(null) is not { } gate
            || shapes.Method(typeof(Instrument), "NotifyForUnpublishedInstrument") is not { } unpublish) return 0;

        List<Meter> owned;
        var withdrawn = new List<Instrument>();
        lock (gate)
        {
            owned = meters.FindAll(m => plugin.Owns(m.GetType()) || plugin.Owns(m.Scope) || plugin.OwnsTagOf(m.Tags));
            meters.RemoveAll(owned.Contains);
            foreach (var list in owned.Select(instruments.GetValue).OfType<List<Instrument>>())
            {
                withdrawn.AddRange(list);
                list.Clear();
            }
        }

        foreach (var instrument in withdrawn) unpublish.Invoke(instrument, BindingFlags.DoNotWrapExceptions, null, null, null);
        return owned.Count;
    }
}
