using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// The contracts that System.Text.Json keeps for each of its options in use, the default ones above all, and its delegates that read and
/// write members. The tables are concurrent ones: others use them meanwhile, and what they use stays.
/// </summary>
internal sealed class JsonEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Json = "System.Text.Json";

    public string Cause => "System.Text.Json contracts";

    public EvictionKind Kind => EvictionKind.Cache;

    /// <summary>Whether this runtime lets single entries be removed. Where not, all of them are, as at a hot reload.</summary>
    public bool IsExact => shapes.Type(Json, $"{Json}.JsonSerializerOptions") is null || Tracked is not null && Members is not null;

    private FieldInfo? Tracked => shapes.Field(shapes.Type(Json, $"{Json}.JsonSerializerOptions+TrackedOptionsInstances"), "<All>k__BackingField");

    private FieldInfo? Members => shapes.Field(shapes.Type(Json, $"{Json}.Serialization.Metadata.DefaultJsonTypeInfoResolver"), "s_memberAccessor");

    public int Evict(PluginOwnership plugin) => Tracked is { } tracked && Members is { } members
        ? EvictContracts(plugin, tracked) + EvictAccessors(plugin, members)
        : 0;

    /// <summary>In a method of its own, so that the serializer is not loaded for this.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int EvictContracts(PluginOwnership plugin, FieldInfo tracked)
    {
        var type = typeof(JsonSerializerOptions);
        var (context, last) = (shapes.Field(type, "_cachingContext"), shapes.Field(type, "_lastTypeInfo"));
        var polymorphism = shapes.Field(typeof(JsonTypeInfo), "<PolymorphicTypeResolver>k__BackingField", "_polymorphicTypeResolver");
        var evicted = 0;
        foreach (var (options, _) in (ConditionalWeakTable<JsonSerializerOptions, object>)tracked.GetValue(null)!)
        {
            // A field of one entry: nulled, it is filled at the next use.
            if (last?.GetValue(options) is JsonTypeInfo used && plugin.Owns(used.Type)) last.SetValue(options, null);
            if (context?.GetValue(options) is not { } contracts) continue;
            var table = shapes.Field(contracts.GetType(), "_cache")?.GetValue(contracts);
            evicted += plugin.RemoveFrom(table) + EvictDerived(plugin, table, polymorphism);
        }

        return evicted;
    }

    /// <summary>The host's contract of a base type remembers the derived types that it was asked for.</summary>
    private int EvictDerived(PluginOwnership plugin, object? contracts, FieldInfo? polymorphism)
    {
        if (contracts is not System.Collections.IDictionary entries || polymorphism is null) return 0;
        var evicted = 0;
        for (var each = entries.GetEnumerator(); each.MoveNext();)
        {
            if (each.Value is null || shapes.Field(each.Value.GetType(), "TypeInfo")?.GetValue(each.Value) is not { } contract) continue;
            if (polymorphism.GetValue(contract) is { } resolver)
                evicted += plugin.RemoveFrom(shapes.Field(resolver.GetType(), "_typeToDiscriminatorId")?.GetValue(resolver));
        }

        return evicted;
    }

    private int EvictAccessors(PluginOwnership plugin, FieldInfo members)
    {
        // Without dynamic code, delegates are not remembered: then there is no cache to look into.
        if (members.GetValue(null) is not { } accessor || !accessor.GetType().Name.Contains("Caching", StringComparison.Ordinal)) return 0;
        var cache = shapes.Field(accessor.GetType(), "_cache")?.GetValue(accessor);
        return cache is null ? 0 : plugin.RemoveFrom(shapes.Field(cache.GetType(), "_cache")?.GetValue(cache));
    }
}
