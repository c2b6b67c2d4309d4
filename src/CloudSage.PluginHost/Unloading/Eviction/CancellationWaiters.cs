using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's registrations off a source of cancellation, and off the sources that are linked to it. The source itself,
/// and the registrations of others, stay as they are.
/// </summary>
internal sealed class CancellationWaiters(RuntimeShapes shapes, TaskWaiters tasks, ExecutionContexts contexts)
{
    private const string CoreLibrary = "System.Private.CoreLib";
    private const string Source = "System.Threading.CancellationTokenSource";
    private const int MaxDepth = 16;

    /// <summary>Takes the plugin's registrations off.</summary>
    /// <returns>How many were taken off.</returns>
    public int Cut(PluginOwnership plugin, CancellationTokenSource source) => Cut(plugin, source, depth: 0);

    private int Cut(PluginOwnership plugin, CancellationTokenSource source, int depth)
    {
        if (depth > MaxDepth || source.IsCancellationRequested) return 0;
        var (list, node) = (shapes.Type(CoreLibrary, Source + "+Registrations"), shapes.Type(CoreLibrary, Source + "+CallbackNode"));
        if (shapes.Field(typeof(CancellationTokenSource), "_registrations")?.GetValue(source) is not { } registrations
            || shapes.Method(list, "Unregister") is not { } unregister || shapes.Field(node, "Id") is not { } id
            || shapes.Field(node, "Callback") is not { } callback || shapes.Field(node, "CallbackState") is not { } state
            || shapes.Field(node, "ExecutionContext") is not { } context) return 0;

        var removed = 0;
        foreach (var (each, number) in NodesOf(registrations, list, node, id))
        {
            var (handler, argument) = (callback.GetValue(each) as Delegate, state.GetValue(each));
            if (IsPlugins(plugin, handler, argument))
                removed += unregister.Invoke(registrations, BindingFlags.DoNotWrapExceptions, null, [number, each], null) is true ? 1 : 0;
            else if (argument is Task task) removed += tasks.Cut(plugin, task);
            else if (argument is CancellationTokenSource linked) removed += Cut(plugin, linked, depth + 1);
            removed += contexts.Clean(plugin, context, each);
        }

        return removed;
    }

    /// <summary>What waits for a task, or is linked to another source, is looked at one step further.</summary>
    private bool IsPlugins(PluginOwnership plugin, Delegate? handler, object? argument)
        => plugin.Runs(handler)
            || argument is not (Task or CancellationTokenSource) && (plugin.Owns(handler) || plugin.Owns(argument) || IsPluginsChange(plugin, argument));

    /// <summary>The registrations as they stand, each with the number that tells it from a later use of its place.</summary>
    private List<(object Node, object Number)> NodesOf(object registrations, Type? list, Type? node, FieldInfo id)
    {
        var nodes = new List<(object, object)>();
        if (shapes.Method(list, "EnterLock") is not { } enter || shapes.Method(list, "ExitLock") is not { } exit
            || shapes.Field(list, "Callbacks") is not { } head || shapes.Field(node, "Next") is not { } next) return nodes;
        enter.Invoke(registrations, null);
        try
        {
            for (var each = head.GetValue(registrations); each is not null; each = next.GetValue(each)) nodes.Add((each, id.GetValue(each)!));
        }
        finally
        {
            exit.Invoke(registrations, null);
        }

        return nodes;
    }

    /// <summary><c>ChangeToken.OnChange</c> registers an object of its own, which knows whom to tell.</summary>
    private bool IsPluginsChange(PluginOwnership plugin, object? argument)
    {
        var type = argument?.GetType();
        if (type is not { IsGenericType: true, Name: "ChangeTokenRegistration`1", Namespace: "Microsoft.Extensions.Primitives" }) return false;
        return plugin.Owns(shapes.Field(type, "_changeTokenConsumer")?.GetValue(argument))
            || plugin.Owns(shapes.Field(type, "_state")?.GetValue(argument))
            || plugin.Owns(shapes.Field(type, "_changeTokenProducer")?.GetValue(argument));
    }
}
