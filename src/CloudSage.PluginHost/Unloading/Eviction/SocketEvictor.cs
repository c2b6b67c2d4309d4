using System.Net.Sockets;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Ends what the plugin waits for at sockets and pipes. Only the operation ends, never the socket: whoever else has it goes on with it,
/// and where nobody has it the runtime closes it. An operation for which someone else waits too is left to that one.
/// </summary>
internal sealed class SocketEvictor(
    RuntimeShapes shapes, SocketOperations operations, WaitChains chains, TaskWaiters tasks, ExecutionContexts contexts, ProcessHandlers processes) : IEvictor
{
    public string Cause => "waits for sockets and pipes";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin) => operations.All().Sum(pending => pending.Callback.Target is SocketAsyncEventArgs arguments
        ? Evict(plugin, pending, arguments)
        : plugin.Owns(pending.Callback) ? Drop(pending) : 0);

    private int Evict(PluginOwnership plugin, SocketOperations.Pending pending, SocketAsyncEventArgs arguments)
    {
        if (plugin.Owns(arguments.GetType())) return Drop(pending);
        if (shapes.Field(typeof(SocketAsyncEventArgs), "Completed") is { } completed && completed.GetValue(arguments) is Delegate handlers)
        {
            if (Array.TrueForAll(handlers.GetInvocationList(), plugin.Owns)) return Drop(pending);
            return shapes.Method(typeof(SocketAsyncEventArgs), "remove_Completed") is { } remove ? Handlers.Remove(plugin, handlers, remove, arguments) : 0;
        }

        var awaitable = shapes.Type("System.Net.Sockets", "System.Net.Sockets.Socket+AwaitableSocketAsyncEventArgs");
        if (arguments.GetType() != awaitable || shapes.Field(awaitable, "_mrvtsc") is not { } core) return 0;
        var waiter = chains.WaiterOf(arguments, core);
        // What a child process writes is read by the framework, which tells the plugin by an event.
        return Evict(plugin, pending, waiter) + Clean(plugin, arguments) + chains.TasksOf(waiter).Sum(t => processes.RemoveFromReader(plugin, t));
    }

    private int Evict(PluginOwnership plugin, SocketOperations.Pending pending, object? waiter)
    {
        var who = chains.Behind(plugin, waiter);
        if (!who.HasFlag(WaitChains.Who.Plugin)) return 0;
        var cut = chains.Cut(plugin, waiter);
        if (who.HasFlag(WaitChains.Who.Other)) return cut;
        // The plugin's own method is next: there is nobody to tell.
        if (cut == 0 || tasks.IsPlugins(plugin, waiter)) return Drop(pending);
        // The framework's methods between are told, so that they can tidy up.
        chains.HearFailures(waiter);
        operations.Cancel(pending, silently: false);
        return cut;
    }

    private int Drop(SocketOperations.Pending pending) => operations.Cancel(pending, silently: true) ? 1 : 0;

    private int Clean(PluginOwnership plugin, SocketAsyncEventArgs arguments)
        => shapes.Field(typeof(SocketAsyncEventArgs), "_context") is { } context ? contexts.Clean(plugin, context, arguments) : 0;
}
