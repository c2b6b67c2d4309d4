using System.Diagnostics.Metrics;
using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Where the runtime keeps all meters with their instruments, and how it tells listeners that one is gone.</summary>
/// <param name="Meters">All meters; only under the gate.</param>
/// <param name="Gate">What the runtime locks.</param>
/// <param name="InstrumentsField">Where a meter keeps its instruments.</param>
/// <param name="Unpublish">Tells listeners that an instrument is gone.</param>
internal sealed record MeterTable(List<Meter> Meters, object Gate, FieldInfo InstrumentsField, MethodInfo Unpublish)
{
    /// <summary>Null where this runtime keeps them otherwise.</summary>
    public static MeterTable? Of(RuntimeShapes shapes)
        => shapes.Field(typeof(Meter), "s_allMeters")?.GetValue(null) is List<Meter> meters
            && shapes.Field(typeof(Meter), "_instruments") is { } instruments
            && shapes.Field(typeof(Instrument), "<SyncObject>k__BackingField")?.GetValue(null) is { } gate
            && shapes.Method(typeof(Instrument), "NotifyForUnpublishedInstrument") is { } unpublish
                ? new MeterTable(meters, gate, instruments, unpublish)
                : null;

    /// <summary>The instruments of a meter; only under the gate.</summary>
    public List<Instrument> InstrumentsOf(Meter meter) => InstrumentsField.GetValue(meter) as List<Instrument> ?? [];

    /// <summary>Tells listeners as if the instruments had been disposed; not under the gate, for listeners are anyone's code.</summary>
    public void Withdraw(List<Instrument> instruments)
    {
        foreach (var instrument in instruments) Unpublish.Invoke(instrument, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}
