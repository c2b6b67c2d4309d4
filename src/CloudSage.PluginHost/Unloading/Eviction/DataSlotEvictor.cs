using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Empties named thread data slots (<see cref="Thread.GetNamedDataSlot"/>) of the plugin's values, on all threads.</summary>
internal sealed class DataSlotEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string CoreLibrary = "System.Private.CoreLib";

    public string Cause => "thread data slots";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var store = shapes.Type(CoreLibrary, "System.Threading.Thread+LocalDataStore");
        var data = shapes.Field(typeof(LocalDataStoreSlot), "<Data>k__BackingField");
        var linked = shapes.Type(CoreLibrary, "System.Threading.ThreadLocal`1+LinkedSlot")?.MakeGenericType(typeof(object));
        if (shapes.Field(store, "s_nameToSlotMap")?.GetValue(null) is not IDictionary slots || data is null
            || shapes.Field(typeof(ThreadLocal<object>), "_linkedSlot") is not { } head
            || shapes.Field(linked, "_next") is not { } next || shapes.Field(linked, "_value") is not { } value) return 0;

        var removed = 0;
        lock (slots)
        {
            foreach (var slot in slots.Values)
            {
                // A thread local keeps its values, one for each thread, in a list.
                var local = data.GetValue(slot);
                for (var each = local is null ? null : head.GetValue(local); each is not null; each = next.GetValue(each))
                {
                    if (!plugin.Owns(value.GetValue(each))) continue;
                    value.SetValue(each, null);
                    removed++;
                }
            }
        }

        return removed;
    }
}
