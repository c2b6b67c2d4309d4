using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Unregisters the plugin's waits for handles: <c>ThreadPool.RegisterWaitForSingleObject</c>, and what libraries build on it.</summary>
internal sealed class RegisteredWaitEvictor(RuntimeShapes shapes, ExecutionContexts contexts, ProcessHandlers processes) : IEvictor
{
    private const string CoreLibrary = "System.Private.CoreLib";

    public string Cause => "registered waits";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var helper = shapes.Type(CoreLibrary, "System.Threading._ThreadPoolWaitOrTimerCallback");
        if (shapes.Field(typeof(RegisteredWaitHandle), "_callbackHelper") is not { } help || shapes.Field(helper, "_waitOrTimerCallback") is not { } callback
            || shapes.Field(helper, "_state") is not { } state || shapes.Field(helper, "_executionContext") is not { } context) return 0;

        var removed = 0;
        foreach (var wait in Waits())
        {
            if (help.GetValue(wait) is not { } each) continue;
            if (plugin.Owns(callback.GetValue(each)) || plugin.Owns(state.GetValue(each)))
                removed += wait.Unregister(null) ? 1 : 0;
            else removed += contexts.Clean(plugin, context, each) + processes.Remove(plugin, (callback.GetValue(each) as Delegate)?.Target);
        }

        return removed;
    }

    /// <summary>
    /// The waits of all wait threads. Their lock is not taken, for it is of a kind that only the runtime can take: what is read is
    /// whole, and a wait that comes or goes meanwhile is someone else's, or found the next time.
    /// </summary>
    private List<RegisteredWaitHandle> Waits()
    {
        var waits = new List<RegisteredWaitHandle>();
        var (pool, node, thread) = (Type("PortableThreadPool"), Type("PortableThreadPool+WaitThreadNode"), Type("PortableThreadPool+WaitThread"));
        if (shapes.Field(pool, "ThreadPoolInstance")?.GetValue(null) is not { } instance || shapes.Field(pool, "_waitThreadsHead") is not { } head
            || shapes.Field(node, "<Next>k__BackingField") is not { } next || shapes.Field(node, "<Thread>k__BackingField") is not { } of
            || shapes.Field(thread, "_registeredWaits") is not { } registered) return waits;
        for (var each = head.GetValue(instance); each is not null; each = next.GetValue(each))
            if (of.GetValue(each) is { } waiting && registered.GetValue(waiting) is IEnumerable handles)
                waits.AddRange(handles.OfType<RegisteredWaitHandle>());
        return waits;
    }

    private Type? Type(string name) => shapes.Type(CoreLibrary, "System.Threading." + name);
}
