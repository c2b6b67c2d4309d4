using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Takes back the plugin's say on where native libraries of the host's assemblies come from. An assembly can have but one who says so.</summary>
internal sealed class DllResolverEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "native library resolvers";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (shapes.Field(typeof(NativeLibrary), "s_nativeDllResolveMap")?.GetValue(null) is not ConditionalWeakTable<Assembly, DllImportResolver> resolvers) return 0;
        // Those of its own assemblies leave with them.
        Assembly[] owned = [.. resolvers.Where(r => !plugin.Owns(r.Key) && plugin.Owns(r.Value)).Select(static r => r.Key)];
        return owned.Count(resolvers.Remove);
    }
}
