using System.Collections.Frozen;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Triggers;

/// <summary>The triggers of every active plugin: an immutable snapshot, replaced as a whole.</summary>
internal sealed class TriggerTable
{
    private volatile FrozenDictionary<string, PluginTriggers> _active = FrozenDictionary<string, PluginTriggers>.Empty;

    public IReadOnlyDictionary<string, PluginTriggers> Active => _active;

    public void Replace(IReadOnlyCollection<PluginTriggers> active)
        => _active = active.ToFrozenDictionary(static p => p.Plugin, StringComparer.Ordinal);

    public IReadOnlyList<ManifestTrigger> TriggersOf(string plugin) => _active.TryGetValue(plugin, out var found) ? found.Triggers : [];
}
