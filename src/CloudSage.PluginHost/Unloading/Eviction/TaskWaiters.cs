using System.Reflection;
using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Finds the plugin's code among what waits for a task, through the tasks in between, and takes it off the task. The task itself
/// goes on, and so does everyone else who waits for it. A plugin's method that nobody will continue becomes garbage.
/// </summary>
internal sealed class TaskWaiters(RuntimeShapes shapes)
{
    private const string CoreLibrary = "System.Private.CoreLib";
    private const int MaxDepth = 16;

    /// <summary>Takes the plugin's code off a task, and off the tasks that wait for it in turn.</summary>
    /// <returns>How many waiters were taken off.</returns>
    public int Cut(PluginOwnership plugin, Task task) => Cut(plugin, task, depth: 0);

    /// <summary>Whether what is to be continued is code of the plugin's. A method of the host's that only handles its types is not.</summary>
    public bool IsPlugins(PluginOwnership plugin, object? continuation) => Inner(continuation) switch
    {
        null => false,
        Delegate handler => plugin.Runs(handler),
        Task task => StateMachineOf(task) is { } machine ? plugin.Owns(machine.Assembly) : plugin.Runs(ActionOf(task)),
        { } other => plugin.Owns(other.GetType().Assembly),
    };

    /// <summary>Whether a thread blocks until the task, or one that follows from it, is done.</summary>
    public bool HasBlockedThread(Task task, int depth = 0)
    {
        if (depth > MaxDepth || task.IsCompleted) return false;
        var blocker = shapes.Type(CoreLibrary, "System.Threading.Tasks.Task+SetOnInvokeMres");
        return Array.Exists(ContinuationsOf(task), c => c.GetType() == blocker || Inner(c) is Task next && HasBlockedThread(next, depth + 1));
    }

    private int Cut(PluginOwnership plugin, Task task, int depth)
    {
        // What is deeper than this, or goes round in a circle, is left to the leak report.
        if (depth > MaxDepth || task.IsCompleted || shapes.Method(typeof(Task), "RemoveContinuation") is not { } remove) return 0;
        var removed = 0;
        foreach (var continuation in ContinuationsOf(task))
        {
            if (IsPlugins(plugin, continuation))
            {
                if (Inner(continuation) is Task waiting && HasBlockedThread(waiting)) continue;
                remove.Invoke(task, BindingFlags.DoNotWrapExceptions, null, [continuation], null);
                removed++;
            }
            else if (Inner(continuation) is Task next)
            {
                removed += Cut(plugin, next, depth + 1);
            }
        }

        return removed;
    }

    /// <summary>What waits for a task.</summary>
    public object[] ContinuationsOf(Task task)
    {
        var waiting = shapes.Field(typeof(Task), "m_continuationObject")?.GetValue(task);
        if (waiting is not List<object?> list) return waiting is null ? [] : [waiting];
        // The runtime adds and removes under the same lock.
        lock (list) return [.. list.OfType<object>()];
    }

    /// <summary>What the runtime's own ways of waiting lead to: a task, or an action to run.</summary>
    public object? Inner(object? continuation)
    {
        // Where someone watches tasks (a debugger, a tracing tool), each way is wrapped once more.
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            var inner = continuation switch
            {
                Delegate { Target: Task box } => box,
                Delegate { Target: { } target } => Part(target, "System.Runtime.CompilerServices.AsyncMethodBuilderCore+ContinuationWrapper", "_continuation")
                    ?? Part(target, "System.Threading.Tasks.TaskToAsyncResult+TaskAsyncResult", "_callback"),
                Task or null => null,
                _ => Part(continuation, "System.Threading.Tasks.AwaitTaskContinuation", "m_action")
                    ?? Part(continuation, "System.Threading.Tasks.ContinueWithTaskContinuation", "m_task"),
            };
            if (inner is null) return continuation;
            continuation = inner;
        }

        return continuation;
    }

    private object? Part(object whole, string type, string field)
        => shapes.Type(CoreLibrary, type) is { } known && known.IsInstanceOfType(whole) ? shapes.Field(known, field)?.GetValue(whole) : null;

    private Delegate? ActionOf(Task task) => shapes.Field(typeof(Task), "m_action")?.GetValue(task) as Delegate;

    /// <summary>The state machine that the task of an async method carries: the compiler's name for the method.</summary>
    public static Type? StateMachineOf(Task task)
    {
        if (!task.GetType().IsGenericType) return null;
        var last = task.GetType().GetGenericArguments()[^1];
        return typeof(IAsyncStateMachine).IsAssignableFrom(last) ? last : null;
    }
}
