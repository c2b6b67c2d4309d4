using System.Xml;
using System.Xml.Linq;
using CloudSage.PluginHost.Manifests;
using NuGet.Versioning;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>What a package says of itself, in its <c>.nuspec</c>.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Dependencies">The ids of the packages that it names, for whatever framework.</param>
internal sealed record PackageSpecification(string Id, string Version, IReadOnlyList<string> Dependencies)
{
    private const int Longest = 1024 * 1024;

    private static readonly XmlReaderSettings Plain = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Longest };

    /// <summary>The specification, or why it cannot be read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (PackageSpecification? Specification, string? Fault) Read(string path)
    {
        try
        {
            using var reader = XmlReader.Create(path, Plain);
            // Namespaces differ from one version of the format to the next.
            var metadata = Child(XDocument.Load(reader).Root, "metadata");
            if (Child(metadata, "id")?.Value.Trim() is not { Length: > 0 } id || Child(metadata, "version")?.Value.Trim() is not { } version)
                return (null, "its .nuspec has no id or no version");
            var dependencies = Child(metadata, "dependencies")?.Descendants()
                .Where(static e => e.Name.LocalName == "dependency").Select(static e => (string?)e.Attribute("id") ?? string.Empty) ?? [];
            return (new(id, version, [.. dependencies.Distinct(StringComparer.OrdinalIgnoreCase)]), null);
        }
        catch (XmlException e)
        {
            // A stranger's text.
            return (null, $"its .nuspec is not XML: {ShownText.Escape(e.Message).TrimEnd('.')}");
        }
    }

    /// <summary>Why the manifest is not this package's; null where it is.</summary>
    public Finding? Disagrees(PluginManifest manifest)
    {
        var name = PackageName.OfPlugin(Id);
        var sameVersion = NuGetVersion.TryParse(Version, out var own) && NuGetVersion.TryParse(manifest.Version, out var written)
            && VersionComparer.VersionRelease.Equals(own, written);
        return name == manifest.Name && sameVersion ? null : Finding.Error(
            ArchiveCodes.PackageDisagrees,
            $"The manifest is that of {manifest.Name} {manifest.Version}, the package is {ShownText.Quote(Id)} {ShownText.Quote(Version)}.",
            $"Write the same version into both, and call the plugin {ShownText.Quote(name)}, or the package so that it reads {ShownText.Quote(manifest.Name)}.",
            manifest.Locate(name == manifest.Name ? "version" : "name"));
    }

    private static XElement? Child(XElement? parent, string name) => parent?.Elements().FirstOrDefault(e => e.Name.LocalName == name);
}
