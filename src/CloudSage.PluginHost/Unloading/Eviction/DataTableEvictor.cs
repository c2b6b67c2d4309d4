using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>What System.Data remembers of the types of columns: which interfaces they have, their null, their XML serializer.</summary>
internal sealed class DataTableEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Data = "System.Data.Common";

    public string Cause => "types of data columns";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin) => plugin.RemoveFrom(Static("DataStorage", "s_typeImplementsInterface"))
        + plugin.RemoveFrom(Static("SqlUdtStorage", "s_typeToNull"))
        + EvictSerializers(plugin);

    private int EvictSerializers(PluginOwnership plugin)
    {
        if (Static("ObjectStorage", "s_tempAssemblyCacheLock") is not { } gate || Static("ObjectStorage", "s_tempAssemblyCache") is not IDictionary serializers) return 0;
        lock (gate)
        {
            return OwnedEntries.Remove(serializers, plugin, static (p, key, _) => key is KeyValuePair<Type, System.Xml.Serialization.XmlRootAttribute> pair && p.Owns(pair.Key));
        }
    }

    private object? Static(string type, string field) => shapes.Field(shapes.Type(Data, $"{Data}.{type}"), field)?.GetValue(null);
}
