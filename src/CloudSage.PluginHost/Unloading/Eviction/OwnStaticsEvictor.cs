using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Static fields of the plugin's own that keep it from leaving though nobody outside refers to them: a weak table, whose entries live as
/// long as their keys, which may be the framework's; and a thread-local, whose values hang on the host's threads.
/// </summary>
/// <remarks>
/// A thread of the plugin's may still run. So no field is set, nothing is disposed: the table is emptied, and the values are taken from
/// the threads, as if they had not been made yet. Types whose static constructor has not run are left alone.
/// </remarks>
internal sealed class OwnStaticsEvictor(RuntimeShapes shapes) : IEvictor
{
    private static readonly string[] Names = ["ConditionalWeakTable`2", "ThreadLocal`1"];

    private readonly TypeInitialization _types = new(shapes);

    public string Cause => "weak tables and thread-locals of its own";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var evicted = 0;
        foreach (var assembly in plugin.Assemblies)
        {
            foreach (var field in StaticFields.Of(assembly, Names, _types.HasRun))
                evicted += Empty(field.GetValue(null));
        }

        return evicted;
    }

    private int Empty(object? value)
    {
        if (value?.GetType() is not { IsGenericType: true } type) return 0;
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ConditionalWeakTable<,>)) return Clear(value);
        // Values of a plugin's own type hang on slots of the plugin's own.
        return definition == typeof(ThreadLocal<>) && !type.IsCollectible ? new ThreadLocalSlots(shapes, value, type).Release() : 0;
    }

    private static int Clear(object table)
    {
        if (!((System.Collections.IEnumerable)table).GetEnumerator().MoveNext()) return 0;
        table.GetType().GetMethod("Clear", Type.EmptyTypes)?.Invoke(table, null);
        return 1;
    }
}
