using CloudSage.Plugins;

namespace CloudSage.PluginHost.Manifests;

/// <summary>The plugin types as manifests write them.</summary>
internal static class PluginTypeNames
{
    public static IReadOnlyList<string> All { get; } = ["cloud-adapter", "optimizer", "notifier", "integration"];

    /// <summary>How a manifest writes a type.</summary>
    public static string Of(PluginType type) => type switch
    {
        Plugins.PluginType.CloudAdapter => "cloud-adapter",
        Plugins.PluginType.Optimizer => "optimizer",
        Plugins.PluginType.Notifier => "notifier",
        _ => "integration",
    };

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
