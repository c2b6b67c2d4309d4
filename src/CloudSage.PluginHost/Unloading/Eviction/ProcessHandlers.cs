using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's code off a child process: off its end and off what it writes. The child itself runs on: whether it should, nobody
/// but its owner knows.
/// </summary>
internal sealed class ProcessHandlers(RuntimeShapes shapes, TaskWaiters tasks)
{
    private const string Assembly = "System.Diagnostics.Process";
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly (string Event, string Field)[] Events =
        [("Exited", "_onExited"), ("OutputDataReceived", "OutputDataReceived"), ("ErrorDataReceived", "ErrorDataReceived")];

    /// <summary>Takes it off the process that a callback of the runtime's belongs to.</summary>
    /// <param name="plugin">Tells what is the plugin's.</param>
    /// <param name="target">What the callback runs on: nothing is done where that is no process.</param>
    public int Remove(PluginOwnership plugin, object? target)
    {
        if (target is null || shapes.Type(Assembly, "System.Diagnostics.Process") is not { } type || !type.IsInstanceOfType(target)) return 0;
        var removed = 0;
        foreach (var (happening, backing) in Events)
        {
            if (shapes.Field(type, backing)?.GetValue(target) is not Delegate handlers || shapes.Method(type, "remove_" + happening) is not { } remove) continue;
            removed += Handlers.Remove(plugin, handlers, remove, target);
            // Who waits for the end of the process waits for a task.
            removed += handlers.GetInvocationList().Where(h => !plugin.Owns(h)).SelectMany(ClosureTasks.Of).Sum(t => tasks.Cut(plugin, t));
        }

        return removed;
    }

    /// <summary>Takes it off the process whose output a method of the framework's reads.</summary>
    /// <param name="plugin">Tells what is the plugin's.</param>
    /// <param name="method">The task of the method.</param>
    public int RemoveFromReader(PluginOwnership plugin, Task method)
    {
        if (shapes.Type(Assembly, "System.Diagnostics.AsyncStreamReader") is not { } reader
            || TaskWaiters.StateMachineOf(method) is not { } machine || machine.DeclaringType != reader
            || method.GetType().GetField("StateMachine", Fields)?.GetValue(method) is not { } state
            || machine.GetField("<>4__this", Fields)?.GetValue(state) is not { } self) return 0;
        return Remove(plugin, (shapes.Field(reader, "_userCallBack")?.GetValue(self) as Delegate)?.Target);
    }
}
