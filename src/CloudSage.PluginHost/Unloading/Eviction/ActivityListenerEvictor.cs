using System.Diagnostics;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Disposes the plugin's activity listeners: those that call back into its code.</summary>
internal sealed class ActivityListenerEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "activity listeners";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var list = shapes.Field(typeof(ActivitySource), "s_allListeners");
        // The array is replaced at every change and never written to.
        if (list?.GetValue(null) is not { } listeners
            || shapes.Field(list.FieldType, "_volatileArray")?.GetValue(listeners) is not ActivityListener[] all) return 0;
        var owned = Array.FindAll(all, l => Owns(plugin, l));
        foreach (var listener in owned) listener.Dispose();
        return owned.Length;
    }

    private static bool Owns(PluginOwnership plugin, ActivityListener listener)
        => plugin.Owns(listener.ShouldListenTo) || plugin.Owns(listener.Sample) || plugin.Owns(listener.SampleUsingParentId)
            || plugin.Owns(listener.ActivityStarted) || plugin.Owns(listener.ActivityStopped) || plugin.Owns(listener.ExceptionRecorder);
}
