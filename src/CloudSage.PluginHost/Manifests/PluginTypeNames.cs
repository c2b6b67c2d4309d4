using CloudSage.Plugins;

namespace CloudSage.PluginHost.Manifests;

/// <summary>The plugin types as manifests write them.</summary>
internal static class PluginTypeNames
{
    public static IReadOnlyList<string> All { get; } = ["cloud-adapter", "optimizer", "notifier", "integration"];

    /// <summary>The type that was meant, whatever its case, hyphens and underscores; null for none.</summary>
    public static PluginType? TryParse(string written) => NearestName.Plain(written) switch
    {
        "cloudadapter" => PluginType.CloudAdapter,
        "optimizer" => PluginType.Optimizer,
        "notifier" => PluginType.Notifier,
        "integration" => PluginType.Integration,
        _ => null,
    };
}
