using System.Reflection;
using System.Runtime.Loader;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's handlers off its own load context. The runtime holds an unloaded context until its code is gone, and the
/// context's handlers hold the code: a circle. Code that runs at the unload may still resolve, so this is done right after it.
/// </summary>
internal sealed class OwnContextEvictor(RuntimeShapes shapes) : IEvictor
{
    private static readonly (string Event, string Field)[] Events =
        [("Resolving", "_resolving"), ("ResolvingUnmanagedDll", "_resolvingUnmanagedDll"), ("Unloading", "_unloading")];

    public string Cause => "handlers of its own load context";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (shapes.Field(typeof(AssemblyLoadContext), "_state")?.GetValue(plugin.Context) is not { } state) return 0;
        var count = Sum(plugin, static (owner, happening, handlers, _) => happening == "Unloading" ? 0 : Handlers.Of(owner, handlers).Length);
        if (Convert.ToInt32(state, provider: null) != 0) return Remove(plugin);
        // The last of its handlers, for it is added last. The runtime forgets them all before it calls the first.
        if (count > 0) plugin.Context.Unloading += RemoveAfterUnload;
        return count;
    }

    private void RemoveAfterUnload(AssemblyLoadContext context) => Remove(new PluginOwnership(context));

    private int Remove(PluginOwnership plugin) => Sum(plugin, static (owner, _, handlers, remove) => Handlers.Remove(owner, handlers, remove, owner.Context));

    private int Sum(PluginOwnership plugin, Func<PluginOwnership, string, object?, MethodInfo, int> each)
    {
        var sum = 0;
        foreach (var (happening, backing) in Events)
        {
            if (shapes.Field(typeof(AssemblyLoadContext), backing) is { } field && shapes.Method(typeof(AssemblyLoadContext), "remove_" + happening) is { } remove)
                sum += each(plugin, happening, field.GetValue(plugin.Context), remove);
        }

        return sum;
    }
}
