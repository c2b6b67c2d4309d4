using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;
using NuGet.Versioning;

namespace CloudSage.UnitTests.Resolution;

/// <summary>Makes descriptors of plugins that exist on paper alone.</summary>
internal static class Descriptors
{
    public static PluginDescriptor Plugin(string name, params ManifestDependency[] dependencies) => Plugin(name, "1.0.0", dependencies);

    public static PluginDescriptor Plugin(string name, string version, IReadOnlyList<ManifestDependency> dependencies, string? source = null) => new()
    {
        Manifest = new PluginManifest
        {
            Name = name,
            Version = version,
            Type = PluginType.Optimizer,
            EntryPoint = "plugin.dll",
            Language = "dotnet",
            Dependencies = dependencies,
        },
        Version = SemanticVersion.Parse(version),
        Hash = "00",
        Directory = "/store/00",
        EntryPath = "/store/00/plugin.dll",
        Source = source ?? $"/plugins/{name}",
    };

    public static ManifestDependency Needs(string name, string? version = null) => new(name, version);

    public static ManifestDependency CanUse(string name, string? version = null) => new(name, version, Optional: true);
}
