using System.Collections;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Weak tables and dependent handles in the plugin's own objects, as far as its static fields lead to them. What is tied to an object of the
/// host's lives as long as that one. Only ties to the plugin's own objects are cut, so that a table that the host lent it keeps the rest.
/// </summary>
/// <remarks>No field is set and no handle is freed: the plugin may have freed it by a copy, and its place may be someone else's by now.</remarks>
internal sealed class OwnHandlesEvictor(RuntimeShapes shapes) : IEvictor
{
    private const int MaxDepth = 8;
    private const int MaxObjects = 10_000;
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly TypeInitialization _types = new(shapes);

    public string Cause => "weak ties of its own";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        return plugin.Assemblies.Where(Mentions).SelectMany(StaticsOf).Sum(value => Evict(plugin, value, seen, depth: 0));
    }

    private static int Evict(PluginOwnership plugin, object? value, HashSet<object> seen, int depth)
    {
        if (value is DependentHandle handle) return Cut(plugin, handle);
        if (value is null || depth > MaxDepth || seen.Count >= MaxObjects || !seen.Add(value)) return 0;
        var type = value.GetType();
        if (IsTable(type)) return Cut(plugin, value);
        // What is not of a type of the plugin's is not looked into: it may be someone else's.
        if (!plugin.Owns(type.Assembly)) return 0;
        var cut = 0;
        for (; type is not null && plugin.Owns(type.Assembly); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Instance))
                if (MayLead(field)) cut += Evict(plugin, field.GetValue(value), seen, depth + 1);
        }

        return cut;
    }

    private static int Cut(PluginOwnership plugin, DependentHandle handle)
    {
        if (!handle.IsAllocated || handle.Target is null || !plugin.Owns(handle.Dependent)) return 0;
        handle.Dependent = null;
        return 1;
    }

    private static int Cut(PluginOwnership plugin, object table)
    {
        var pair = typeof(KeyValuePair<,>).MakeGenericType(table.GetType().GetGenericArguments());
        var (key, value) = (pair.GetProperty("Key")!, pair.GetProperty("Value")!);
        object[] owned =
        [
            .. ((IEnumerable)table).Cast<object>().Where(e => plugin.Owns(key.GetValue(e)) || plugin.Owns(value.GetValue(e))).Select(e => key.GetValue(e)!),
        ];
        var remove = table.GetType().GetMethod(nameof(ConditionalWeakTable<,>.Remove), [table.GetType().GetGenericArguments()[0]]);
        return owned.Count(each => remove?.Invoke(table, [each]) is true);
    }

    private IEnumerable<object?> StaticsOf(Assembly assembly) => assembly.GetTypes()
        // The fields of a generic type exist once for each construction, and constructions are not listed anywhere.
        .Where(t => !t.ContainsGenericParameters && t.GetFields(Static).Length > 0 && _types.HasRun(t))
        // A table in a static field is another evictor's: it is emptied whole.
        .SelectMany(static t => t.GetFields(Static).Where(static f => MayLead(f) && !IsTable(f.FieldType)).Select(static f => f.GetValue(null)));

    private static bool IsTable(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>);

    private static bool MayLead(FieldInfo field) => field is { IsLiteral: false, FieldType.IsPointer: false }
        && (!field.FieldType.IsValueType || field.FieldType == typeof(DependentHandle)) && field.FieldType != typeof(string);

    private static unsafe bool Mentions(Assembly assembly)
    {
        if (assembly.IsDynamic || !assembly.TryGetRawMetadata(out var blob, out var length)) return false;
        var metadata = new MetadataReader(blob, length);
        return metadata.TypeReferences.Select(metadata.GetTypeReference).Any(t
            => metadata.StringComparer.Equals(t.Name, "ConditionalWeakTable`2") || metadata.StringComparer.Equals(t.Name, "DependentHandle"));
    }
}
