using System.Text;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>A built plugin: the files of its folder.</summary>
/// <param name="Name">The plugin's name, and its folder's.</param>
/// <param name="Files">Content by relative path with forward slashes.</param>
internal sealed record PluginFiles(string Name, IReadOnlyDictionary<string, byte[]> Files)
{
    public const string Manifest = "manifest.yaml";

    public byte[] this[string path] => Files[path];

    /// <summary>The same with one file added or replaced.</summary>
    public PluginFiles With(string path, byte[] content)
        => this with { Files = new Dictionary<string, byte[]>(Files) { [path] = content } };

    public PluginFiles With(string path, string content) => With(path, Encoding.UTF8.GetBytes(content));

    public PluginFiles Without(string path)
        => this with { Files = Files.Where(f => f.Key != path).ToDictionary() };

    /// <summary>A plugin that a fixture project built.</summary>
    public static PluginFiles Read(string name, string folder) => new(name, Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes));
}
