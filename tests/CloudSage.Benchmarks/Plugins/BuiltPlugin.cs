using System.Reflection;
using System.Text.RegularExpressions;

namespace CloudSage.Benchmarks.Plugins;

/// <summary>A plugin as its project built it, to be copied into plugin directories under any name and version.</summary>
internal sealed partial class BuiltPlugin
{
    private readonly string _folder;

    private BuiltPlugin(string project)
    {
        _folder = typeof(BuiltPlugin).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == $"Plugin.{project}").Value!;
        Assembly = Path.Combine(_folder, project + ".dll");
    }

    public static BuiltPlugin Tiny { get; } = new("Tiny");

    public static BuiltPlugin Fat { get; } = new("Fat");

    public static BuiltPlugin Everyday { get; } = new("Everyday");

    public static BuiltPlugin Scanner { get; } = new("Scanner");

    public static BuiltPlugin FocusAdapter { get; } = new("FocusAdapter");

    /// <summary>The entry assembly.</summary>
    public string Assembly { get; }

    /// <summary>Copies the plugin. Its files are as old as a build's would be, so that it counts as complete at once.</summary>
    public string CopyTo(string folder, string? name = null, string? version = null)
    {
        Directory.CreateDirectory(folder);
        foreach (var source in Sources())
        {
            var target = Path.Combine(folder, Path.GetRelativePath(_folder, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target, overwrite: true);
        }

        WriteManifest(folder, name, version);
        Age(folder);
        return folder;
    }

    /// <summary>The files of the plugin, by relative path, as <see cref="CopyTo"/> would copy them.</summary>
    public IReadOnlyDictionary<string, byte[]> Files(string name, string version)
    {
        var files = Sources().ToDictionary(f => Path.GetRelativePath(_folder, f).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllBytes, StringComparer.Ordinal);
        files["manifest.yaml"] = System.Text.Encoding.UTF8.GetBytes(Manifest(name, version));
        return files;
    }

    public void WriteManifest(string folder, string? name, string? version) => File.WriteAllText(Path.Combine(folder, "manifest.yaml"), Manifest(name, version));

    private string Manifest(string? name, string? version)
    {
        var text = File.ReadAllText(Path.Combine(_folder, "manifest.yaml"));
        if (name is not null) text = Name().Replace(text, $"name: {name}");
        if (version is not null) text = Version().Replace(text, $"version: {version}");
        return text;
    }

    /// <summary>What a plugin is published with: no symbols, and neither of the files that only a program of its own needs.</summary>
    private IEnumerable<string> Sources() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
        .Where(static f => !f.EndsWith(".pdb", StringComparison.Ordinal) && !f.EndsWith(".xml", StringComparison.Ordinal) && !f.EndsWith(".runtimeconfig.json", StringComparison.Ordinal));

    private static void Age(string folder)
    {
        var then = DateTime.UtcNow.AddHours(-1);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, then);
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) Directory.SetLastWriteTimeUtc(inner, then);
        Directory.SetLastWriteTimeUtc(folder, then);
    }

    [GeneratedRegex("(?m)^name: .*$")]
    private static partial Regex Name();

    [GeneratedRegex("(?m)^version: .*$")]
    private static partial Regex Version();
}
