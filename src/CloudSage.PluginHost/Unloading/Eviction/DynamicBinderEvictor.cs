using System.Collections;
using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// The symbols that the binder of <c>dynamic</c> keeps of each type it has met, linked to each other, and its shared call-site binders.
/// Under the lock that the binder takes for each binding; the host's and the neighbours' symbols stay as they are, for call sites hold them.
/// </summary>
internal sealed class DynamicBinderEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Assembly = "Microsoft.CSharp";
    private const string Space = "Microsoft.CSharp.RuntimeBinder";

    private static readonly string[] TypeTables = ["s_aggregateTable", "s_arrayTable", "s_parameterModifierTable", "s_pointerTable", "s_nullableTable"];
    private static readonly string[] Loaded = ["s_typesWithConversionsLoaded", "s_namesLoadedForEachType"];

    public string Cause => "dynamic binder";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin)
    {
        if (Static($"{Space}.RuntimeBinder", "s_bindLock") is not { } gate) return 0;
        var symbols = new BinderSymbols(shapes, plugin);
        if (!symbols.IsKnown) return 0;
        lock (gate)
        {
            if (Static($"{Space}.Semantics.SymbolStore", "s_dictionary") is not IDictionary store || !BinderSymbolStore.Knows(store, symbols)) return 0;
            // Types before symbols: whether a type is the plugin's is read from its symbol.
            var removed = Types(symbols) + BinderSymbolStore.Evict(store, symbols);
            return removed + EvictBinders(plugin) + EvictLoaded(plugin)
                + plugin.RemoveFrom(Static($"{Space}.Semantics.TypeManager", "s_internalsVisibleToCache"));
        }
    }

    private int Types(BinderSymbols symbols)
    {
        var evicted = OwnedEntries.Remove(Static($"{Space}.Semantics.TypeArray", "s_tableTypeArrays") as IDictionary, symbols, static (s, _, array) => s.OwnsArray(array));
        foreach (var table in TypeTables)
            evicted += OwnedEntries.Remove(Static($"{Space}.Semantics.TypeTable", table) as IDictionary, symbols, static (s, _, type) => s.OwnsType(type));
        return evicted;
    }

    /// <summary>Which types, and which names of which types, have been looked at.</summary>
    private int EvictLoaded(PluginOwnership plugin)
    {
        var evicted = 0;
        foreach (var name in Loaded)
        {
            if (Static($"{Space}.SymbolTable", name) is not IEnumerable set) continue;
            var owned = set.Cast<object>().Where(i => plugin.Owns(i as Type ?? shapes.Field(i.GetType(), "<Type>k__BackingField")?.GetValue(i) as Type)).ToArray();
            var remove = shapes.Method(set.GetType(), "Remove", parameters: 1);
            foreach (var item in owned) remove?.Invoke(set, [item]);
            evicted += owned.Length;
        }

        return evicted;
    }

    /// <summary>Binders that call sites of equal kind and place share: those whose place, or whose types, are the plugin's. A concurrent table.</summary>
    private int EvictBinders(PluginOwnership plugin)
    {
        var fields = new Dictionary<Type, FieldInfo[]>();
        return OwnedEntries.Remove(Static($"{Space}.BinderEquivalence", "binderEquivalenceCache") as IDictionary, (plugin, fields), static (s, binder, _) =>
        {
            if (!s.fields.TryGetValue(binder.GetType(), out var types)) s.fields.Add(binder.GetType(), types = TypeFields(binder.GetType()));
            return Array.Exists(types, f => f.GetValue(binder) is Type[] many ? Array.Exists(many, s.plugin.Owns) : s.plugin.Owns(f.GetValue(binder) as Type));
        });
    }

    private static FieldInfo[] TypeFields(Type binder)
    {
        const BindingFlags instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var fields = new List<FieldInfo>();
        for (var type = binder; type is not null; type = type.BaseType)
            fields.AddRange(type.GetFields(instance).Where(static f => f.FieldType == typeof(Type) || f.FieldType == typeof(Type[])));
        return [.. fields];
    }

    private object? Static(string type, string field) => shapes.Field(shapes.Type(Assembly, type), field)?.GetValue(null);
}
