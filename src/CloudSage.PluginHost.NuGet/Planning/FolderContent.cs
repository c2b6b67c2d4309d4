using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.NuGet.Admission;
using CloudSage.PluginHost.NuGet.Assets;
using CloudSage.PluginHost.NuGet.Feeds;
using NuGet.Frameworks;

namespace CloudSage.PluginHost.NuGet.Planning;

/// <summary>What lies where in a plugin's folder: laid out as <c>dotnet publish</c> does, with the manifest at its root.</summary>
internal static class FolderContent
{
    public const string Manifest = "manifest.yaml";

    public static PlannedContent Compose(PluginPackage plugin, IReadOnlyList<PackageAssets> packages, NuGetFramework framework, List<Finding> findings)
    {
        var entryPoint = plugin.Manifest.EntryPoint;
        var taken = new Dictionary<string, PackageAssets>(StringComparer.OrdinalIgnoreCase) { [Manifest] = packages[0] };
        var files = new List<PlannedFile>();
        var composed = new List<PackageAssets>();
        foreach (var package in packages)
        {
            // Everything beside the plugin's own assemblies is its own to read: settings, templates, scripts.
            var own = package == packages[0] ? [.. package.Files, .. Beside(package)] : package.Files;
            var kept = own.Where(asset => Take(asset, package, taken, findings)).ToList();
            composed.Add(package with { Files = kept });
            files.AddRange(kept.Select(a => new PlannedFile(package.Package.File.Path, package.Package.File.Hash, a.Entry, a.Target)));
        }

        if (!taken.ContainsKey(entryPoint))
        {
            findings.Add(Finding.Error(PackageCodes.EntryMissing, $"{packages[0].Package.Identity} does not have the entry point '{entryPoint}' for this host's framework.",
                "Its author puts it into lib, or corrects entry_point.", plugin.Manifest.Locate("entry_point")));
        }

        return new PlannedContent(files, plugin.Text, entryPoint, DependencyFile(entryPoint, composed, framework, files));
    }

    /// <summary>A package that brings everything itself, as published, has a deps.json that knows better than its nuspec.</summary>
    private static ReadOnlyMemory<byte>? DependencyFile(string entryPoint, List<PackageAssets> packages, NuGetFramework framework, List<PlannedFile> files)
    {
        if (!entryPoint.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) return null;
        var path = Path.ChangeExtension(entryPoint, ".deps.json");
        var brought = files.FindIndex(f => f.Target.Equals(path, StringComparison.OrdinalIgnoreCase));
        if (brought >= 0 && packages.Count == 1) return null;
        if (brought >= 0) files.RemoveAt(brought);
        return DependencyManifest.Write(framework, packages);
    }

    private static bool Take(PackageAsset asset, PackageAssets package, Dictionary<string, PackageAssets> taken, List<Finding> findings)
    {
        if (SafePath.FindFault(asset.Target) is { } fault)
        {
            findings.Add(Finding.Error(PackageCodes.UnsafePath, $"The file {ShownText.Quote(asset.Entry)} of {package.Package.Identity} has a path that {fault.Fault}.",
                "Do not use the package."));
            return false;
        }

        if (taken.TryAdd(asset.Target, package)) return true;
        if (taken[asset.Target] is var first && first != package)
        {
            findings.Add(Finding.Warning(PackageCodes.FileTwice, $"Both {first.Package.Identity} and {package.Package.Identity} bring '{asset.Target}'; the first one's is used.",
                "Check that it is the right one."));
        }
        else if (asset.Target != Manifest)
        {
            findings.Add(Finding.Error(PackageCodes.UnsafePath, $"{package.Package.Identity} has several files that become '{asset.Target}'.", "Do not use the package."));
        }

        return false;
    }

    private static IEnumerable<PackageAsset> Beside(PackageAssets package)
    {
        if (package.Folder is not { } folder) return [];
        var chosen = package.Files.Select(static f => f.Entry).ToHashSet(StringComparer.Ordinal);
        return PackageContent.Read(package.Package.File, reader => reader.GetFiles().ToList())
            .Where(f => f.StartsWith(folder, StringComparison.Ordinal) && f.Length > folder.Length && !chosen.Contains(f) && !f.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase)
                && f[folder.Length..] is not (Manifest or "manifest.yml" or "_._") && Path.GetExtension(f) is not ".xml" && !f.EndsWith(".runtimeconfig.json", StringComparison.Ordinal) && !IsLeftOut(package, f))
            .Select(f => new PackageAsset(f, f[folder.Length..], AssetKind.Content));
    }

    /// <summary>An assembly directly in the folder that was not chosen is the host's.</summary>
    private static bool IsLeftOut(PackageAssets package, string file)
        => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && file.LastIndexOf('/') == package.Folder!.Length - 1;
}
