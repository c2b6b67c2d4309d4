using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// The tables of <c>XmlSerializer</c>. They know collectible types, but take a list of the plugin's types for the framework's own. All
/// under the locks that the serializer's own writers take.
/// </summary>
internal sealed class XmlSerializerEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Xml = "System.Private.Xml";
    private const string Space = "System.Xml.Serialization";

    private static readonly (string Type, string Field)[] Tables =
    [
        ($"{Space}.XmlSerializer", "s_xmlSerializerTable"),
        ($"{Space}.ReflectionXmlSerializationReader", "s_setMemberValueDelegateCache"),
        ($"{Space}.DynamicAssemblies", "s_tableIsTypeDynamic"),
    ];

    public string Cause => "XmlSerializer tables";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin)
    {
        var evicted = EvictGenerated(plugin) + EvictEmitted(plugin);
        foreach (var (type, field) in Tables)
        {
            if (shapes.Field(shapes.Type(Xml, type), field)?.GetValue(null) is not { } tables) continue;
            if (shapes.Field(tables.GetType(), "_defaultTable")?.GetValue(tables) is not Hashtable table) continue;
            lock (table) evicted += plugin.RemoveFrom(table);
        }

        return evicted;
    }

    /// <summary>The generated serializers: readers take no lock, so the table is copied, as its own writer does.</summary>
    private int EvictGenerated(PluginOwnership plugin)
    {
        if (shapes.Field(shapes.Type(Xml, $"{Space}.XmlSerializer"), "s_cache")?.GetValue(null) is not { } cache) return 0;
        var field = shapes.Field(cache.GetType(), "_fastCache");
        lock (cache)
        {
            if (field?.GetValue(cache) is not IDictionary { Count: > 0 } table) return 0;
            var copy = (IDictionary)Activator.CreateInstance(table.GetType(), table)!;
            var evicted = OwnedEntries.Remove(copy, (plugin, shapes), static (s, key, _) => s.plugin.Owns(s.shapes.Field(key.GetType(), "_type")?.GetValue(key) as Type));
            if (evicted > 0) field.SetValue(cache, copy);
            return evicted;
        }
    }

    /// <summary>Assemblies that the plugin emitted and serialized types of.</summary>
    private int EvictEmitted(PluginOwnership plugin)
    {
        var type = shapes.Type(Xml, $"{Space}.DynamicAssemblies");
        if (shapes.Field(type, "s_nameToAssemblyMap")?.GetValue(null) is not Hashtable byName) return 0;
        if (shapes.Field(type, "s_assemblyToNameMap")?.GetValue(null) is not Hashtable byAssembly) return 0;
        lock (byName)
        {
            OwnedEntries.Remove(byName, plugin, static (p, _, assembly) => p.Owns(assembly));
            return plugin.RemoveFrom(byAssembly);
        }
    }
}
