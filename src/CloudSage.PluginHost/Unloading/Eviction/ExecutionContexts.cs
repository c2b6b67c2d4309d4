using System.Collections;
using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's async-local values out of an execution context that someone else captured while the plugin ran. Contexts are
/// immutable: the holder gets a copy without them, which keeps everyone else's values.
/// </summary>
internal sealed class ExecutionContexts(RuntimeShapes shapes)
{
    private const string CoreLibrary = "System.Private.CoreLib";
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    /// <summary>Cleans the context that a field of an object holds.</summary>
    /// <returns>How many values were removed.</returns>
    public int Clean(PluginOwnership plugin, FieldInfo holder, object target)
    {
        if (holder.GetValue(target) is not ExecutionContext context
            || shapes.Field(typeof(ExecutionContext), "m_localValues") is not { } values || values.GetValue(context) is not { } map) return 0;
        var owned = LocalsOf(map).Where(l => Owns(plugin, l.Key) || plugin.Owns(l.Value)).Select(static l => l.Key).ToHashSet();
        if (owned.Count == 0 || shapes.Method(shapes.Type(CoreLibrary, "System.Threading.IAsyncLocalValueMap"), "Set") is not { } set) return 0;

        foreach (var local in owned) map = set.Invoke(map, [local, null, true])!;
        var notified = shapes.Field(typeof(ExecutionContext), "m_localChangeNotifications");
        var clean = Activator.CreateInstance(
            typeof(ExecutionContext), BindingFlags.Instance | BindingFlags.NonPublic, null, [map, Without(owned, notified?.GetValue(context) as Array), false], null);
        holder.SetValue(target, clean);
        return owned.Count;
    }

    private bool Owns(PluginOwnership plugin, object local)
    {
        var type = local.GetType();
        if (plugin.Owns(type)) return true;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(AsyncLocal<>)
            && plugin.Owns(shapes.Field(type, "_valueChangedHandler")?.GetValue(local));
    }

    /// <summary>The locals of a map. The runtime has one kind of map for each small number of them, one with an array, and a dictionary.</summary>
    private IEnumerable<(object Key, object? Value)> LocalsOf(object map)
    {
        var pairs = map as IEnumerable ?? map.GetType().GetFields(Fields).Select(f => f.GetValue(map)).SelectMany(static v => v is Array several ? several.Cast<object?>() : [v]);
        foreach (var pair in pairs)
        {
            if (pair?.GetType() is not { IsGenericType: true } type || type.GetGenericTypeDefinition() != typeof(KeyValuePair<,>)) continue;
            if (shapes.Field(type, "key")?.GetValue(pair) is { } key) yield return (key, shapes.Field(type, "value")?.GetValue(pair));
        }
    }

    private static Array? Without(HashSet<object> owned, Array? locals)
    {
        if (locals is null) return null;
        object[] kept = [.. locals.Cast<object>().Where(l => !owned.Contains(l))];
        var copy = Array.CreateInstance(locals.GetType().GetElementType()!, kept.Length);
        kept.CopyTo(copy, 0);
        return copy;
    }
}
