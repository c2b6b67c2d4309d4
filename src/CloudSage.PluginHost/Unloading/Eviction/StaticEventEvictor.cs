using System.Runtime.Loader;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's handlers out of the runtime's process-wide events. They are removed and not called: a handler of the process'
/// end has no end of the process to handle, and the plugin had its own stop.
/// </summary>
internal sealed class StaticEventEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string CoreLibrary = "System.Private.CoreLib";

    private static readonly (string Assembly, string Type, string Event, string Field)[] Events =
    [
        (CoreLibrary, "System.AppDomain", "ProcessExit", "ProcessExit"),
        (CoreLibrary, "System.AppDomain", "DomainUnload", "DomainUnload"),
        (CoreLibrary, "System.AppDomain", "ReflectionOnlyAssemblyResolve", "ReflectionOnlyAssemblyResolve"),
        (CoreLibrary, "System.AppContext", "UnhandledException", "UnhandledException"),
        (CoreLibrary, "System.AppContext", "FirstChanceException", "FirstChanceException"),
        (CoreLibrary, "System.Runtime.Loader.AssemblyLoadContext", "AssemblyLoad", "AssemblyLoad"),
        (CoreLibrary, "System.Runtime.Loader.AssemblyLoadContext", "AssemblyResolve", "AssemblyResolve"),
        (CoreLibrary, "System.Runtime.Loader.AssemblyLoadContext", "TypeResolve", "TypeResolve"),
        (CoreLibrary, "System.Runtime.Loader.AssemblyLoadContext", "ResourceResolve", "ResourceResolve"),
        (CoreLibrary, "System.Threading.Tasks.TaskScheduler", "UnobservedTaskException", "UnobservedTaskException"),
        (CoreLibrary, "System.Runtime.CompilerServices.ContractHelper", "InternalContractFailed", "InternalContractFailed"),
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.TypeDescriptor", "Refreshed", "Refreshed"),
        ("System.Console", "System.Console", "CancelKeyPress", "s_cancelCallbacks"),
        ("System.Diagnostics.TraceSource", "System.Diagnostics.Trace", "Refreshing", "Refreshing"),
        ("System.Diagnostics.DiagnosticSource", "System.Diagnostics.Activity", "CurrentChanged", "CurrentChanged"),
        ("System.Transactions.Local", "System.Transactions.TransactionManager", "DistributedTransactionStarted", "s_distributedTransactionStartedDelegate"),
    ];

    public string Cause => "handlers of the runtime's events";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var removed = 0;
        foreach (var (assembly, name, happening, backing) in Events)
        {
            var type = shapes.Type(assembly, name);
            if (shapes.Field(type, backing) is not { } field || shapes.Method(type, "remove_" + happening) is not { } remove) continue;
            var target = field.IsStatic ? null : AppDomain.CurrentDomain;
            removed += Handlers.Remove(plugin, field.GetValue(target), remove, target);
        }

        return removed + OfContexts(plugin);
    }

    /// <summary>Events that each load context has: the default one's, and those of other plugins.</summary>
    private int OfContexts(PluginOwnership plugin)
    {
        var type = typeof(AssemblyLoadContext);
        (string Event, string Field)[] events = [("Resolving", "_resolving"), ("ResolvingUnmanagedDll", "_resolvingUnmanagedDll"), ("Unloading", "_unloading")];
        var removed = 0;
        foreach (var (happening, backing) in events)
        {
            if (shapes.Field(type, backing) is not { } field || shapes.Method(type, "remove_" + happening) is not { } remove) continue;
            // The plugin's own context is a matter of its own: its Unloading is yet to be raised.
            foreach (var context in AssemblyLoadContext.All)
                if (!ReferenceEquals(context, plugin.Context))
                    removed += Handlers.Remove(plugin, field.GetValue(context), remove, context);
        }

        return removed;
    }
}
