using NuGet.Client;
using NuGet.ContentModel;
using NuGet.Frameworks;

namespace CloudSage.PluginHost.NuGet.Assets;

/// <summary>Which files of a package serve this host: the best framework, the platforms that are asked for, every culture. As restore chooses, by the same code.</summary>
internal sealed class AssetSelection(NuGetFramework framework, IReadOnlyList<string> platforms)
{
    private readonly ManagedCodeConventions _conventions = new(TargetPlatform.Graph());

    public IReadOnlyList<PackageAsset> Select(IReadOnlyList<string> files)
    {
        var items = new ContentItemCollection();
        items.Load(files);
        var (patterns, criteria) = (_conventions.Patterns, _conventions.Criteria);
        var assets = new List<PackageAsset>();
        Add(assets, items.FindBestItemGroup(criteria.ForFramework(framework), patterns.RuntimeAssemblies), AssetKind.Managed);
        Add(assets, items.FindBestItemGroup(criteria.ForFramework(framework), patterns.ResourceAssemblies), AssetKind.Satellite);
        foreach (var platform in platforms)
        {
            var both = criteria.ForFrameworkAndRuntime(framework, platform);
            Add(assets, items.FindBestItemGroup(both, patterns.RuntimeAssemblies), AssetKind.Managed);
            Add(assets, items.FindBestItemGroup(both, patterns.NativeLibraries), AssetKind.Native);
        }

        return [.. assets.DistinctBy(static a => a.Entry)];
    }

    private static void Add(List<PackageAsset> assets, ContentItemGroup? group, AssetKind kind)
    {
        foreach (var item in group?.Items ?? [])
        {
            var path = item.Path;
            // NuGet's placeholder: this framework is served, by nothing.
            if (path.EndsWith("/_._", StringComparison.Ordinal)) continue;
            var platform = Text(item, ManagedCodeConventions.PropertyNames.RuntimeIdentifier);
            var culture = Text(item, ManagedCodeConventions.PropertyNames.Locale);
            var file = path[(path.LastIndexOf('/') + 1)..];
            // What is for one platform keeps its folder, as published plugins have it; the deps.json tells the runtime.
            var target = platform is not null ? path : culture is not null ? $"{culture}/{file}" : file;
            assets.Add(new PackageAsset(path, target, kind) { Platform = platform ?? string.Empty, Culture = culture });
        }
    }

    private static string? Text(ContentItem item, string property) => item.Properties.TryGetValue(property, out var value) ? value as string : null;
}
