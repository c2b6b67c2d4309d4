using System.Reflection;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Manifests;

/// <summary>The names that a host knows: permissions and extension points, its own and its embedder's.</summary>
internal sealed class KnownNames(IEnumerable<string> permissions, IEnumerable<string> extensionPoints)
{
    /// <summary>The permissions, in ordinal order.</summary>
    public IReadOnlyCollection<string> Permissions { get; } = new SortedSet<string>(OwnPermissions().Concat(permissions), StringComparer.Ordinal);

    /// <summary>The extension points, in ordinal order.</summary>
    public IReadOnlyCollection<string> ExtensionPoints { get; } = new SortedSet<string>(
        [
            "CostAnalysisHook", "ResourceScanner", "OptimizationEngine", "AlertHandler", "CloudAdapter", "Integration", "CommandHandler",
            .. extensionPoints,
        ],
        StringComparer.Ordinal);

    /// <summary>The extension point that was meant, whatever its case, hyphens and underscores; null for none.</summary>
    public string? ExtensionPoint(string written)
    {
        var plain = NearestName.Plain(written);
        return ExtensionPoints.FirstOrDefault(point => NearestName.Plain(point) == plain);
    }

    private static IEnumerable<string> OwnPermissions()
        => typeof(PluginPermissions).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.IsLiteral)
            .Select(static field => (string)field.GetRawConstantValue()!);
}
