using System.Reflection;
using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Finds out who in the end waits for something that the framework does: the plugin, someone else or nobody. Between them are the
/// framework's own methods and tasks.
/// </summary>
internal sealed class WaitChains(RuntimeShapes shapes, TaskWaiters tasks)
{
    private const int MaxDepth = 64;

    // Of the assemblies that .NET itself consists of.
    private static readonly string[] FrameworkTokens = ["7CEC85D7BEA7798E", "B03F5F7F11D50A3A", "CC7B13FFCD2DDD51"];

    /// <summary>Who waits.</summary>
    [Flags]
    internal enum Who
    {
        Nobody = 0,
        Plugin = 1,
        Other = 2,
    }

    /// <summary>The one who awaits a value task, by the core that its source has.</summary>
    /// <param name="source">The source.</param>
    /// <param name="core">Its field of type <c>ManualResetValueTaskSourceCore</c>.</param>
    public object? WaiterOf(object source, FieldInfo core)
    {
        var value = core.GetValue(source);
        var state = shapes.Field(core.FieldType, "_continuationState")?.GetValue(value);
        return state is Task or Delegate || PooledCore(state) is not null ? state : shapes.Field(core.FieldType, "_continuation")?.GetValue(value);
    }

    /// <summary>Who waits behind a waiter, itself included.</summary>
    public Who Behind(PluginOwnership plugin, object? waiter, int depth = 0)
    {
        var task = tasks.Inner(waiter) as Task;
        // A thread that blocks has a stack of its own, which is not to wait for ever.
        if (depth > MaxDepth || task is not null && tasks.HasBlockedThread(task)) return Who.Other;
        if (waiter is null || task is { IsCompleted: true }) return Who.Nobody;
        if (tasks.IsPlugins(plugin, waiter)) return Who.Plugin;
        if (PooledCore(waiter) is { } core) return IsFramework(waiter) ? Behind(plugin, WaiterOf(waiter, core), depth + 1) : Who.Other;
        return task is not null && IsFramework(task)
            ? tasks.ContinuationsOf(task).Aggregate(Who.Nobody, (who, next) => who | Behind(plugin, next, depth + 1))
            : Who.Other;
    }

    /// <summary>Takes the plugin's code off the first task behind a waiter, and off those that follow.</summary>
    /// <returns>How many waiters were taken off: none where there is no task between.</returns>
    public int Cut(PluginOwnership plugin, object? waiter, int depth = 0) => depth > MaxDepth || tasks.IsPlugins(plugin, waiter) ? 0
        : tasks.Inner(waiter) is Task task ? tasks.Cut(plugin, task)
        : waiter is not null && PooledCore(waiter) is { } core ? Cut(plugin, WaiterOf(waiter, core), depth + 1) : 0;

    /// <summary>The tasks that follow from a waiter, itself included.</summary>
    public IEnumerable<Task> TasksOf(object? waiter, int depth = 0)
    {
        if (depth > MaxDepth || waiter is null) return [];
        if (tasks.Inner(waiter) is Task task) return tasks.ContinuationsOf(task).SelectMany(next => TasksOf(next, depth + 1)).Prepend(task);
        return PooledCore(waiter) is { } core ? TasksOf(WaiterOf(waiter, core), depth + 1) : [];
    }

    /// <summary>Hears of the failures at the ends of a chain, for nobody else will: the runtime reports those that nobody hears of.</summary>
    public void HearFailures(object? waiter)
    {
        foreach (var task in TasksOf(waiter).Where(t => tasks.ContinuationsOf(t).Length == 0).ToArray())
            task.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Methods whose builder pools are not tasks: each is a source of its own.</summary>
    private FieldInfo? PooledCore(object? box)
    {
        for (var type = box?.GetType(); type is not null; type = type.BaseType)
        {
            if (type is { Name: "StateMachineBox", DeclaringType.Name: "PoolingAsyncValueTaskMethodBuilder`1" }) return shapes.Field(type, "_valueTaskSource");
        }

        return null;
    }

    private static bool IsFramework(object box)
    {
        var type = box.GetType();
        var machine = type.IsGenericType && type.GetGenericArguments()[^1] is { } last && typeof(IAsyncStateMachine).IsAssignableFrom(last) ? last : type;
        return machine.Assembly.GetName().GetPublicKeyToken() is { } token && FrameworkTokens.Contains(Convert.ToHexString(token));
    }
}
