using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CloudSage.PluginHost.NuGet.Closure;
using CloudSage.PluginHost.NuGet.Feeds;
using NuGet.Packaging;

namespace CloudSage.PluginHost.NuGet.Assets;

/// <summary>What one package gives to a plugin's folder, after the host's own assemblies are left out.</summary>
/// <param name="Package">The package.</param>
/// <param name="Files">Its files.</param>
internal sealed record PackageAssets(ResolvedPackage Package, IReadOnlyList<PackageAsset> Files)
{
    /// <summary>The folder in the package from which the framework's assemblies come, with its slash; null where there is none.</summary>
    public string? Folder { get; init; }

    public static PackageAssets Of(ResolvedPackage package, AssetSelection selection, HostAssemblies host, List<Finding> findings)
        => PackageContent.Read(package.File, reader => Select(package, reader, selection, host, findings));

    private static PackageAssets Select(ResolvedPackage package, PackageArchiveReader reader, AssetSelection selection, HostAssemblies host, List<Finding> findings)
    {
        var entries = reader.GetFiles().ToList();
        var chosen = selection.Select(entries);
        if (chosen.Count == 0 && Frameworks(entries) is { Length: > 0 } others)
        {
            findings.Add(Finding.Error(PackageCodes.NoAssets, $"{package.Identity} has nothing for this host's framework, only for {others}.",
                "Take a version that supports it."));
        }

        var kept = new List<PackageAsset>();
        var left = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var asset in chosen)
        {
            var version = asset.Kind == AssetKind.Managed ? VersionOf(reader, asset.Entry) : null;
            if (version is not null && IsOfHost(package, asset, version, host, findings)) left.Add(asset.Name);
            else kept.Add(asset with { AssemblyVersion = version });
        }

        kept.RemoveAll(a => a.Kind == AssetKind.Satellite && left.Contains(Path.GetFileNameWithoutExtension(a.Name)));
        var folder = chosen.FirstOrDefault(static a => a.Kind == AssetKind.Managed && a.Platform.Length == 0)?.Entry;
        return new PackageAssets(package, kept) { Folder = folder?[..(folder.LastIndexOf('/') + 1)] };
    }

    private static bool IsOfHost(ResolvedPackage package, PackageAsset asset, Version version, HostAssemblies host, List<Finding> findings)
    {
        if (host.SharedVersion(asset.Name) is not { } shared) return host.FrameworkVersion(asset.Name) is { } framework && framework >= version;
        if (version > shared)
        {
            findings.Add(Finding.Error(PackageCodes.HostTooOld, $"{package.Identity} brings {asset.Name} {version}; the host shares {shared}, which would be used in its place.",
                "Update the host, or take an older version of the plugin."));
        }

        return true;
    }

    private static Version? VersionOf(PackageArchiveReader reader, string entry)
    {
        using var copy = PackageContent.Entry(reader, entry);
        try
        {
            using var image = new PEReader(copy);
            return image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } metadata ? metadata.GetAssemblyDefinition().Version : null;
        }
        catch (BadImageFormatException)
        {
            // Native, or damaged: it is the engine's to judge what lies in a plugin's folder.
            return null;
        }
    }

    /// <summary>The frameworks for which a package has assemblies, for people.</summary>
    private static string Frameworks(List<string> entries) => string.Join(", ", entries
        .Where(static e => e.StartsWith("lib/", StringComparison.OrdinalIgnoreCase) && e.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        .Select(static e => e.Split('/')).Where(static p => p.Length > 2).Select(static p => p[1]).Distinct().Order(StringComparer.Ordinal));
}
