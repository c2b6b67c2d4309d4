using System.Runtime.CompilerServices;
using System.Text;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Takes the plugin's encoding providers off the list of the process. The runtime has no way to take one back.</summary>
internal sealed class EncodingProviderEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string List = "s_providers";

    public string Cause => "encoding providers";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        if (shapes.Field(typeof(EncodingProvider), List)?.FieldType != typeof(EncodingProvider[])) return 0;
        ref var list = ref Providers(null);
        while (Volatile.Read(ref list) is { } all)
        {
            var kept = Array.FindAll(all, p => !plugin.Owns(p));
            if (kept.Length == all.Length) return 0;
            // As the runtime does it itself when one is added.
            if (Interlocked.CompareExchange(ref list, kept, all) == all) return all.Length - kept.Length;
        }

        return 0;
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = List)]
    private static extern ref EncodingProvider[]? Providers(EncodingProvider? of);
}
