namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>The assembly of proxies that <see cref="System.Reflection.DispatchProxy"/> made for the plugin's load context, and which holds it. The table locks itself.</summary>
internal sealed class DispatchProxyEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "dispatch proxies";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin)
    {
        var generator = shapes.Type("System.Reflection.DispatchProxy", "System.Reflection.DispatchProxyGenerator");
        if (shapes.Field(generator, "s_alcProxyAssemblyMap")?.GetValue(null) is not { } table) return 0;
        var remove = shapes.Method(table.GetType(), "Remove", parameters: 1);
        return remove?.Invoke(table, [plugin.Context]) is true ? 1 : 0;
    }
}
