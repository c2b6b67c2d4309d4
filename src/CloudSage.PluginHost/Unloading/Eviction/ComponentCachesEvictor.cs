using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// What System.ComponentModel remembers beside its type descriptors: which licence provider a type has, and the default of each attribute
/// that was asked for, which the framework's own types then remember too.
/// </summary>
internal sealed class ComponentCachesEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Converters = "System.ComponentModel.TypeConverter";
    private const string Space = "System.ComponentModel";

    private static readonly string[] Licences = ["s_providers", "s_providerInstances"];

    public string Cause => "licences and attribute defaults";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin)
    {
        var evicted = 0;
        foreach (var name in Licences)
        {
            if (Static("LicenseManager", name) is not IDictionary table) continue;
            lock (table) evicted += plugin.RemoveFrom(table);
        }

        return evicted + EvictAttributes(plugin);
    }

    private int EvictAttributes(PluginOwnership plugin)
    {
        if (Static("AttributeCollection", "s_internalSyncObject") is not { } gate || Static("AttributeCollection", "s_defaultAttributes") is not IDictionary defaults) return 0;
        lock (gate)
        {
            var evicted = plugin.RemoveFrom(defaults);
            // Only who asked for an attribute has it in mind, and asking leaves the default behind.
            if (evicted == 0) return 0;
            foreach (var attributes in OfTypes()) Forget(attributes, plugin);
            return evicted;
        }
    }

    /// <summary>The attributes of all types that were described.</summary>
    private IEnumerable<object> OfTypes()
    {
        if (Static("TypeDescriptor", "s_providerTable") is not Hashtable providers) yield break;
        foreach (var node in providers.Values.Cast<object>().ToArray())
        {
            if (shapes.Field(node.GetType(), "Provider")?.GetValue(node) is not { } provider || provider.GetType().Name != "ReflectTypeDescriptionProvider") continue;
            if (shapes.Field(provider.GetType(), "_typeData")?.GetValue(provider) is not IDictionary types) continue;
            foreach (var data in types.Values)
            {
                if (shapes.Field(data.GetType(), "_attributes")?.GetValue(data) is { } attributes) yield return attributes;
            }
        }
    }

    /// <summary>A collection of attributes remembers the last five that it was asked for.</summary>
    private void Forget(object attributes, PluginOwnership plugin)
    {
        var asked = shapes.Field(shapes.Type(Converters, $"{Space}.AttributeCollection"), "_foundAttributeTypes");
        if (asked?.GetValue(attributes) is not Array last) return;
        var type = shapes.Field(last.GetType().GetElementType(), "type");
        if (type is not null && last.Cast<object>().Any(entry => plugin.Owns(type.GetValue(entry) as Type))) asked.SetValue(attributes, null);
    }

    private object? Static(string type, string field) => shapes.Field(shapes.Type(Converters, $"{Space}.{type}"), field)?.GetValue(null);
}
