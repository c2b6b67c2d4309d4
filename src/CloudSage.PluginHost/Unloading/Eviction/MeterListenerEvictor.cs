using System.Diagnostics.Metrics;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Disposes the plugin's meter listeners: those that call back into its code.</summary>
internal sealed class MeterListenerEvictor(RuntimeShapes shapes) : IEvictor
{
    private static readonly string[] Callbacks =
    [
        "_byteMeasurementCallback", "_shortMeasurementCallback", "_intMeasurementCallback", "_longMeasurementCallback",
        "_floatMeasurementCallback", "_doubleMeasurementCallback", "_decimalMeasurementCallback",
    ];

    public string Cause => "meter listeners";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (shapes.Field(typeof(MeterListener), "s_allStartedListeners")?.GetValue(null) is not List<MeterListener> listeners
            || shapes.Field(typeof(Instrument), "<SyncObject>k__BackingField")?.GetValue(null) is not { } gate) return 0;

        MeterListener[] owned;
        lock (gate) owned = [.. listeners.Where(l => Owns(plugin, l))];
        foreach (var listener in owned)
        {
            // A listener tells its owner that it ends; this owner has ended already.
            listener.InstrumentPublished = null;
            listener.MeasurementsCompleted = null;
            listener.Dispose();
        }

        return owned.Length;
    }

    private bool Owns(PluginOwnership plugin, MeterListener listener)
        => plugin.Owns(listener.InstrumentPublished) || plugin.Owns(listener.MeasurementsCompleted)
            || Array.Exists(Callbacks, c => plugin.Owns(shapes.Field(typeof(MeterListener), c)?.GetValue(listener)));
}
