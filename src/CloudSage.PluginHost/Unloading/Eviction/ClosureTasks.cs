using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>The tasks that a callback of the framework's ends: its lambdas keep them, or their sources, in closures.</summary>
internal static class ClosureTasks
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The tasks of a callback; none where it is not a lambda.</summary>
    public static IEnumerable<Task> Of(Delegate callback)
    {
        if (callback.Target is not { } closure || !closure.GetType().Name.StartsWith("<>c__", StringComparison.Ordinal)) return [];
        return closure.GetType().GetFields(Fields).Where(static f => !f.FieldType.IsValueType).Select(f => TaskOf(f.GetValue(closure))).OfType<Task>();
    }

    private static Task? TaskOf(object? value) => value switch
    {
        Task task => task,
        TaskCompletionSource source => source.Task,
        not null when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TaskCompletionSource<>)
            => type.GetProperty(nameof(TaskCompletionSource.Task))?.GetValue(value) as Task,
        _ => null,
    };
}
