using System.Xml;
using System.Xml.Linq;

namespace CloudSage.ArchitectureTests.Source;

/// <summary>A reference in a project file.</summary>
internal sealed class ProjectItem(SourceFile file, XElement element)
{
    public string Include { get; } = (string?)element.Attribute("Include") ?? "";

    /// <summary>The name of the project that a project reference leads to.</summary>
    public string ProjectName => Path.GetFileNameWithoutExtension(Include.Replace('\\', '/'));

    public string? Metadata(string name) => (string?)element.Attribute(name) ?? element.Element(name)?.Value;

    public string Place => $"{file.Path}:{((IXmlLineInfo)element).LineNumber}";
}
