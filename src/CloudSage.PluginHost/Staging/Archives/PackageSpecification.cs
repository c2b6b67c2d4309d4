using System.Xml;
using System.Xml.Linq;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>What the specification of a package (<c>.nuspec</c>) says of what else it needs.</summary>
/// <param name="Dependencies">The ids of the packages that it names, for whatever framework.</param>
internal sealed record PackageSpecification(IReadOnlyList<string> Dependencies)
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
            var metadata = XDocument.Load(reader).Root?.Elements().FirstOrDefault(static e => e.Name.LocalName == "metadata");
            if (metadata is null) return (null, "its .nuspec has no metadata");
            // Namespaces differ from one version of the format to the next.
            var dependencies = metadata.Elements().Where(static e => e.Name.LocalName == "dependencies").Descendants()
                .Where(static e => e.Name.LocalName == "dependency").Select(static e => (string?)e.Attribute("id") ?? string.Empty);
            return (new([.. dependencies.Distinct(StringComparer.OrdinalIgnoreCase)]), null);
        }
        catch (XmlException e)
        {
            // A stranger's text.
            return (null, $"its .nuspec is not XML: {ShownText.Escape(e.Message).TrimEnd('.')}");
        }
    }
}
