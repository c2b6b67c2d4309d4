using System.Diagnostics;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Disposes activity sources that the plugin described by tags of its own objects. One without them keeps nothing of the plugin's.</summary>
internal sealed class ActivitySourceEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "activity sources";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var list = shapes.Field(typeof(ActivitySource), "s_activeSources");
        // The array is replaced at every change and never written to.
        if (list?.GetValue(null) is not { } sources
            || shapes.Field(list.FieldType, "_volatileArray")?.GetValue(sources) is not ActivitySource[] all) return 0;
        var owned = Array.FindAll(all, s => plugin.OwnsTagOf(s.Tags));
        foreach (var source in owned) source.Dispose();
        return owned.Length;
    }
}
