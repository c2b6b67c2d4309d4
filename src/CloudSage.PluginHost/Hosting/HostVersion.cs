using System.Reflection;
using NuGet.Versioning;

namespace CloudSage.PluginHost.Hosting;

/// <summary>The version of this engine, which a manifest's <c>engine</c> range is compared with.</summary>
internal static class HostVersion
{
    public static SemanticVersion Current { get; } = Parse();

    private static SemanticVersion Parse()
    {
        var text = typeof(HostVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return SemanticVersion.TryParse(text ?? string.Empty, out var version) ? version : new SemanticVersion(0, 0, 0);
    }
}
