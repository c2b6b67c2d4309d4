using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// The contracts of <c>DataContractSerializer</c> and <c>DataContractJsonSerializer</c>. Both number the types that they meet and keep the
/// contract at that place of an array; an emptied place is filled at the next use. Under their own locks, in their own order.
/// </summary>
internal sealed class DataContractEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Serialization = "System.Private.DataContractSerialization";
    private const string Xml = "System.Runtime.Serialization.DataContracts.DataContract";
    private const string Json = "System.Runtime.Serialization.Json.JsonDataContract";

    public string Cause => "data contracts";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin) => EvictJson(plugin) + EvictXml(plugin) + EvictBuiltIn(plugin);

    private int EvictXml(PluginOwnership plugin) => Locked($"{Xml}+DataContractCriticalHelper", helper =>
    {
        var index = shapes.Field(helper, "s_dataContractCache")?.GetValue(null);
        return index is null || shapes.Field(index.GetType(), "_contracts")?.GetValue(index) is not Array contracts ? 0
            : Clear(contracts, item => plugin.Owns(TypeOf(item is ITuple { Length: > 0 } pair ? pair[0] : item)));
    });

    private int EvictJson(PluginOwnership plugin)
    {
        var contract = shapes.Type(Serialization, Json);
        return Locked($"{Json}+JsonDataContractCriticalHelper", helper =>
            shapes.Field(helper, "s_dataContractCache")?.GetValue(null) is not Array contracts ? 0
                : Clear(contracts, item => item is not null
                    && shapes.Field(contract, "_helper")?.GetValue(item) is { } inner
                    && plugin.Owns(TypeOf(shapes.Field(helper, "_traditionalDataContract")?.GetValue(inner)))));
    }

    /// <summary>Which types have a contract that is built in: a concurrent table, which remembers also those that have none.</summary>
    private int EvictBuiltIn(PluginOwnership plugin)
        => shapes.Field(shapes.Type(Serialization, $"{Xml}+DataContractCriticalHelper"), "s_typeToBuiltInContract")?.GetValue(null) is { } table
            ? plugin.RemoveFrom(shapes.Field(table.GetType(), "_fastDictionary")?.GetValue(table))
            : 0;

    /// <summary>The type that a contract is for.</summary>
    private Type? TypeOf(object? contract) => contract is null ? null
        : shapes.Field(shapes.Type(Serialization, Xml), "_helper")?.GetValue(contract) is { } helper
            ? shapes.Field(shapes.Type(Serialization, $"{Xml}+DataContractCriticalHelper"), "_underlyingType")?.GetValue(helper) as Type
            : null;

    private int Locked(string holder, Func<Type, int> evict)
    {
        if (shapes.Type(Serialization, holder) is not { } type) return 0;
        if (Gate(type, "s_createDataContractLock") is not { } creation || Gate(type, "s_cacheLock") is not { } cache) return 0;
        lock (creation)
        {
            lock (cache) return evict(type);
        }
    }

    private object? Gate(Type type, string name) => shapes.Field(type, name) is { } field ? field.GetValue(null) : null;

    private static int Clear(Array array, Predicate<object?> chosen)
    {
        var cleared = 0;
        for (var i = 0; i < array.Length; i++)
        {
            if (!chosen(array.GetValue(i))) continue;
            Array.Clear(array, i, 1);
            cleared++;
        }

        return cleared;
    }
}
