using System.Collections;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// The tables of <see cref="TypeDescriptor"/>: providers and attributes that were added, for types and for objects, and what its
/// reflection provider remembers of the plugin's types. All under the lock that the descriptor's own writers take.
/// </summary>
internal sealed class TypeDescriptorEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Converters = "System.ComponentModel.TypeConverter";

    private static readonly string[] ReflectionCaches =
        ["s_propertyCache", "s_eventCache", "s_attributeCache", "s_extendedPropertyCache", "s_editorTables"];

    public string Cause => "TypeDescriptor tables";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin)
    {
        var descriptor = shapes.Type(Converters, "System.ComponentModel.TypeDescriptor");
        return shapes.Field(descriptor, "s_commonSyncObject", "s_internalSyncObject")?.GetValue(null) is { } gate
            && shapes.Field(descriptor, "s_providerTable")?.GetValue(null) is IDictionary providers
            ? Evict(plugin, descriptor, gate, providers)
            : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Evict(PluginOwnership plugin, Type? descriptor, object gate, IDictionary providers)
    {
        var evicted = 0;
        var added = new List<(object Key, TypeDescriptionProvider Provider)>();
        lock (gate)
        {
            for (var each = providers.GetEnumerator(); each.MoveNext();)
            {
                for (var node = each.Value; node is not null; node = shapes.Field(node.GetType(), "Next")?.GetValue(node))
                {
                    if (shapes.Field(node.GetType(), "Provider")?.GetValue(node) is not TypeDescriptionProvider provider) continue;
                    if (!plugin.OwnsKey(each.Key) && IsOwned(plugin, provider)) added.Add((each.Key, provider));
                    else if (provider.GetType().Name == "ReflectTypeDescriptionProvider")
                        evicted += plugin.RemoveFrom(shapes.Field(provider.GetType(), "_typeData")?.GetValue(provider));
                }
            }

            evicted += plugin.RemoveFrom(providers) + EvictTables(plugin, descriptor);
        }

        // Tells those who listen to the descriptor: outside of its lock.
        foreach (var (key, provider) in added) Remove(key, provider);
        return evicted + added.Count;
    }

    private int EvictTables(PluginOwnership plugin, Type? descriptor)
    {
        var evicted = plugin.RemoveFrom(shapes.Field(descriptor, "s_providerTypeTable")?.GetValue(null))
            + plugin.RemoveFrom(shapes.Field(descriptor, "s_defaultProviderInitialized", "s_defaultProviders")?.GetValue(null));
        var reflection = shapes.Type(Converters, "System.ComponentModel.ReflectTypeDescriptionProvider");
        foreach (var cache in ReflectionCaches) evicted += plugin.RemoveFrom(shapes.Field(reflection, cache)?.GetValue(null));
        return evicted;
    }

    /// <summary>Whether the plugin added it: a provider of its own, or one of the runtime's that carries attributes of the plugin's.</summary>
    private bool IsOwned(PluginOwnership plugin, TypeDescriptionProvider provider) => plugin.Owns(provider)
        || provider.GetType().Name == "AttributeProvider"
        && shapes.Field(provider.GetType(), "_attrs")?.GetValue(provider) is Attribute[] attributes && Array.Exists(attributes, plugin.Owns);

    private static void Remove(object key, TypeDescriptionProvider provider)
    {
        if (key is Type type) TypeDescriptor.RemoveProvider(provider, type);
        else if ((key is WeakReference weak ? weak.Target : key) is { } instance) TypeDescriptor.RemoveProvider(provider, instance);
    }
}
