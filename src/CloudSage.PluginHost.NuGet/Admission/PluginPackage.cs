using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.NuGet.Feeds;
using CloudSage.PluginHost.Staging.Archives;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Admission;

/// <summary>A package that is a plugin: it says so, and has a manifest that agrees with it.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Text">Its text.</param>
internal sealed record PluginPackage(PluginManifest Manifest, ReadOnlyMemory<byte> Text)
{
    /// <summary>The package type that plugins bear.</summary>
    public const string TypeName = "CloudSagePlugin";

    private static readonly string[] ManifestNames = ["manifest.yaml", "manifest.yml"];

    /// <summary>Reads the plugin's manifest.</summary>
    /// <param name="package">The package.</param>
    /// <param name="folder">The folder in it with the assemblies for this framework; null where it has none.</param>
    /// <param name="manifests">Reads manifests.</param>
    /// <param name="findings">Gets what was found.</param>
    public static PluginPackage? Read(CachedPackage package, string? folder, ManifestReader manifests, List<Finding> findings)
        => PackageContent.Read(package, reader => Read(reader, folder, manifests, findings));

    private static PluginPackage? Read(PackageArchiveReader reader, string? folder, ManifestReader manifests, List<Finding> findings)
    {
        var identity = reader.NuspecReader.GetIdentity();
        if (!reader.NuspecReader.GetPackageTypes().Any(static t => PackageType.PackageTypeNameComparer.Equals(t.Name, TypeName)))
        {
            findings.Add(Finding.Error(PackageCodes.NotAPlugin, $"{identity} is not a plugin: it does not have the package type {TypeName}.",
                $"Install plugins only; its author adds <PackageType>{TypeName}</PackageType> if it is one."));
            return null;
        }

        if (Find(reader, identity, folder, findings) is not { } content) return null;
        var read = manifests.Read(content.Bytes, content.File);
        findings.AddRange(read.Findings);
        if (read.Value is not { } manifest) return null;
        findings.AddRange(Compare(manifest, identity));
        return new PluginPackage(manifest, content.Bytes);
    }

    private static ManifestContent? Find(PackageArchiveReader reader, PackageIdentity identity, string? folder, List<Finding> findings)
    {
        var files = reader.GetFiles().ToHashSet(StringComparer.Ordinal);
        var found = new[] { string.Empty, folder }.OfType<string>().SelectMany(static f => ManifestNames.Select(name => f + name)).Where(files.Contains)
            .Select(name => new ManifestContent(Bytes(reader, name), name)).ToList();
        if (found.Count == 0) found = [.. Embedded(reader, files, folder, findings)];
        if (found.Count > 0 && found.All(f => f.Bytes.Span.SequenceEqual(found[0].Bytes.Span))) return found[0];
        if (findings.All(static f => f.Severity != FindingSeverity.Error))
        {
            findings.Add(Finding.Error(PackageCodes.Manifest,
                found.Count == 0 ? $"{identity} has no manifest: neither at its root, nor beside its assemblies, nor inside one."
                    : $"{identity} has several manifests that differ: {string.Join(", ", found.Select(static f => f.File))}.",
                "Its author puts one manifest.yaml at the root of the package."));
        }

        return null;
    }

    private static IEnumerable<ManifestContent> Embedded(PackageArchiveReader reader, IEnumerable<string> files, string? folder, List<Finding> findings)
    {
        if (folder is null) yield break;
        foreach (var file in files.Where(f => f.StartsWith(folder, StringComparison.Ordinal) && f.EndsWith(".dll", StringComparison.Ordinal) && !f[folder.Length..].Contains('/', StringComparison.Ordinal)))
        {
            using var assembly = PackageContent.Entry(reader, file);
            if (EmbeddedManifest.Read(assembly, file) is not { } read) continue;
            findings.AddRange(read.Findings);
            if (read.Value is { } manifest) yield return manifest;
        }
    }

    /// <summary>One byte more than a manifest may have is enough to refuse it.</summary>
    private static ReadOnlyMemory<byte> Bytes(PackageArchiveReader reader, string name)
    {
        using var content = reader.GetStream(name);
        var buffer = new byte[ManifestText.MaxBytes + 1];
        return buffer.AsMemory(0, content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }

    private static IEnumerable<Finding> Compare(PluginManifest manifest, PackageIdentity package)
    {
        if (PackageName.OfPlugin(package.Id) is var name && name != manifest.Name)
        {
            yield return Finding.Error(PackageCodes.NameDiffers, $"The manifest names the plugin '{manifest.Name}', but the package is {package.Id}.",
                $"Its author names the plugin '{name}', or the package so that it reads '{manifest.Name}'.", manifest.Locate("name"));
        }

        if (!NuGetVersion.TryParse(manifest.Version, out var version) || !VersionComparer.VersionRelease.Equals(version, package.Version))
        {
            yield return Finding.Error(PackageCodes.VersionDiffers, $"The manifest is of version {manifest.Version}, the package of {package.Version.ToNormalizedString()}.",
                "Its author writes the same version into both.", manifest.Locate("version"));
        }
    }
}
