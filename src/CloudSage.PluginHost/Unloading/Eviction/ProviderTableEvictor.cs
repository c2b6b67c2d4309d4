using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Takes what the plugin registered by name out of tables of the runtime's: algorithms, URI schemes, database providers.</summary>
internal sealed class ProviderTableEvictor(RuntimeShapes shapes) : IEvictor
{
    private static readonly (string Assembly, string Type, string Field)[] Tables =
    [
        ("System.Security.Cryptography", "System.Security.Cryptography.CryptoConfig", "appNameHT"),
        ("System.Private.Uri", "System.UriParser", "s_table"),
        ("System.Data.Common", "System.Data.Common.DbProviderFactories", "_registeredFactories"),
    ];

    public string Cause => "providers registered by name";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var removed = 0;
        foreach (var (assembly, type, field) in Tables)
        {
            if (shapes.Field(shapes.Type(assembly, type), field)?.GetValue(null) is not IDictionary table) continue;
            // The lock of the one that is not concurrent by itself.
            lock (table)
            {
                var owned = new List<object>();
                foreach (DictionaryEntry entry in table)
                    if (IsPlugins(plugin, entry.Value)) owned.Add(entry.Key);
                owned.ForEach(table.Remove);
                removed += owned.Count;
            }
        }

        return removed;
    }

    private bool IsPlugins(PluginOwnership plugin, object? value)
    {
        var factory = shapes.Type("System.Data.Common", "System.Data.Common.DbProviderFactories+ProviderRegistration");
        return plugin.Owns(factory is not null && factory.IsInstanceOfType(value) ? shapes.Field(factory, "<FactoryInstance>k__BackingField")?.GetValue(value) : value);
    }
}
