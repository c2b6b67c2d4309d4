using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Libraries of the host's that forget what they know of types when code is reloaded: they name a class with a method
/// <c>ClearCache(Type[])</c> for it. The method forgets everything, for all, and the host pays for making it anew: so it is called only
/// where an assembly of the plugin's refers to the library, and not where another evictor takes out single entries.
/// </summary>
internal sealed class HotReloadEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Json = "System.Text.Json";
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The core library's forgets what hangs on the types themselves and goes with them; the converters' is done entry by entry.</summary>
    private static readonly string[] Exact = [typeof(object).Assembly.GetName().Name!, "System.ComponentModel.TypeConverter"];

    /// <summary>By library. Of the default context's assemblies, which stay for good: nothing of a plugin's is kept.</summary>
    private readonly ConcurrentDictionary<Assembly, MethodInfo[]> _handlers = new();
    private int _loads = -1;

    public string Cause => "hot-reload caches";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin)
    {
        LookAtNewLibraries();
        HashSet<string>? referenced = null;
        foreach (var (library, handlers) in _handlers)
        {
            if (handlers.Length == 0 || library.GetName().Name is not { } name || name == Json && new JsonEvictor(shapes).IsExact) continue;
            referenced ??= [.. plugin.Assemblies.Where(static a => !a.IsDynamic).SelectMany(static a => a.GetReferencedAssemblies()).Select(static r => r.Name!)];
            if (!referenced.Contains(name)) continue;
            foreach (var handler in handlers) handler.Invoke(null, [null]);
        }

        // How much was forgotten, and whether any of it was the plugin's, is not told.
        return 0;
    }

    private void LookAtNewLibraries()
    {
        var loads = shapes.Loads;
        if (Volatile.Read(ref _loads) == loads) return;
        foreach (var library in AssemblyLoadContext.Default.Assemblies)
        {
            // What a plugin emits counts to the default context, and would be kept by the key.
            if (!library.IsCollectible && !library.IsDynamic) _handlers.GetOrAdd(library, static l => Exact.Contains(l.GetName().Name!) ? [] : HandlersOf(l));
        }

        Volatile.Write(ref _loads, loads);
    }

    private static MethodInfo[] HandlersOf(Assembly library)
    {
        try
        {
            return [.. library.GetCustomAttributes<MetadataUpdateHandlerAttribute>().Select(static h => h.HandlerType.GetMethod("ClearCache", Static, [typeof(Type[])])).OfType<MethodInfo>()];
        }
        catch (Exception e) when (e is IOException or TypeLoadException or BadImageFormatException)
        {
            // The library names a handler in an assembly that was not shipped with it.
            return [];
        }
    }
}
