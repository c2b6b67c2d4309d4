using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Triggers;

/// <summary>An active plugin and the triggers of its manifest, of which there may be none.</summary>
internal sealed record PluginTriggers(string Plugin, IReadOnlyList<ManifestTrigger> Triggers);
