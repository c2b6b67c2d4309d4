using CloudSage.PluginHost.NuGet.Closure;
using Microsoft.Extensions.DependencyModel;
using NuGet.Frameworks;

namespace CloudSage.PluginHost.NuGet.Assets;

/// <summary>Writes the deps.json by which the runtime finds a plugin's assemblies, native libraries and satellites, as publishing does.</summary>
internal static class DependencyManifest
{
    public static ReadOnlyMemory<byte> Write(NuGetFramework framework, IReadOnlyList<PackageAssets> packages)
    {
        var versions = packages.ToDictionary(static p => p.Package.Identity.Id, static p => p.Package.Identity.Version.ToNormalizedString(), StringComparer.OrdinalIgnoreCase);
        var target = new TargetInfo(framework.DotNetFrameworkName, runtime: null, runtimeSignature: null, isPortable: true);
        var context = new DependencyContext(target, CompilationOptions.Default, [], packages.Select(p => Library(p, versions)), []);
        using var text = new MemoryStream();
        new DependencyContextWriter().Write(context, text);
        return text.ToArray();
    }

    private static RuntimeLibrary Library(PackageAssets package, Dictionary<string, string> versions)
    {
        var identity = package.Package.Identity;
        var version = identity.Version.ToNormalizedString();
        return new RuntimeLibrary(
            "package", identity.Id, version, $"sha512-{package.Package.File.Hash}", Groups(package, AssetKind.Managed), Groups(package, AssetKind.Native),
            package.Files.Where(static f => f.Kind == AssetKind.Satellite).Select(static f => new ResourceAssembly(f.Entry, f.Culture!)),
            Dependencies(package.Package, versions), serviceable: false, path: $"{identity.Id}/{version}".ToLowerInvariant(), hashPath: null);
    }

    private static IEnumerable<Dependency> Dependencies(ResolvedPackage package, Dictionary<string, string> versions)
        => package.Dependencies.Where(d => versions.ContainsKey(d.Id)).Select(d => new Dependency(d.Id, versions[d.Id]));

    private static List<RuntimeAssetGroup> Groups(PackageAssets package, AssetKind kind) =>
    [
        .. package.Files.Where(f => f.Kind == kind).GroupBy(static f => f.Platform)
            .Select(static g => new RuntimeAssetGroup(g.Key, g.Select(static f => new RuntimeFile(f.Platform.Length > 0 ? f.Target : f.Entry, f.AssemblyVersion?.ToString(), null)))),
    ];
}
