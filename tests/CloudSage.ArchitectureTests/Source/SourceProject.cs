using System.Reflection;
using System.Xml.Linq;

namespace CloudSage.ArchitectureTests.Source;

/// <summary>A project of the repository.</summary>
internal sealed class SourceProject(SourceFile file)
{
    private readonly XDocument _xml = XDocument.Parse(file.Text, LoadOptions.SetLineInfo);

    public SourceFile File => file;

    public string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(file.Path);

    public string Folder { get; } = System.IO.Path.GetDirectoryName(file.Path)!.Replace('\\', '/');

    public string RootNamespace => Property("RootNamespace") ?? Name;

    public IReadOnlyList<SourceFile> Sources => field ??= [.. Repository.Files(Folder, ".cs")];

    /// <summary>The project as it was built beside these tests.</summary>
    public Assembly Assembly => Assembly.Load(Property("AssemblyName") ?? Name);

    public string? Property(string name) => _xml.Descendants(name).FirstOrDefault()?.Value;

    public IEnumerable<ProjectItem> Items(string kind) => _xml.Descendants(kind).Select(element => new ProjectItem(file, element));

    /// <summary>The folder of a source below the project, "" for the project's own.</summary>
    public string FolderOf(string path) => System.IO.Path.GetDirectoryName(System.IO.Path.GetRelativePath(Folder, path))!.Replace('\\', '/');

    /// <summary>The first folder below the project in which a source lies, "" for the project's own.</summary>
    public string RoomOf(string path) => FolderOf(path).Split('/')[0];

    public override string ToString() => Name;
}
