using System.Reflection;

namespace CloudSage.Cli.Authoring;

/// <summary>The files of a new plugin's project: the templates that csg carries, with the names put in. Also what <c>dotnet new</c> writes.</summary>
internal static class PluginTemplate
{
    private const string Root = "templates/";

    /// <summary>The types of plugins that there is a template for, as manifests name them.</summary>
    public static IReadOnlyList<string> Types { get; } = ["optimizer", "notifier", "cloud-adapter", "integration"];

    /// <summary>The files of a project.</summary>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="name">The plugin's name.</param>
    /// <param name="version">The version of our packages that the project refers to.</param>
    /// <returns>Each file's path in the project, with forward slashes, and its text; in the order of the paths.</returns>
    public static IReadOnlyList<ProjectFile> Expand(string type, PluginName name, string version)
    {
        var assembly = typeof(PluginTemplate).Assembly;
        string[] folders = [$"{Root}shared/", $"{Root}{type}/"];
        return
        [
            .. assembly.GetManifestResourceNames()
                // Windows builds them with its own separators.
                .Select(static resource => (Resource: resource, Path: resource.Replace('\\', '/')))
                .SelectMany(file => folders.Where(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)).Select(folder => (file.Resource, Path: file.Path[folder.Length..])))
                .Select(file => new ProjectFile(file.Path.Replace("NewPlugin", name.Project, StringComparison.Ordinal), Fill(Text(assembly, file.Resource), name, version)))
                .OrderBy(static file => file.Path, StringComparer.Ordinal),
        ];
    }

    private static string Fill(string text, PluginName name, string version) => text
        .Replace("NewPlugin", name.Project, StringComparison.Ordinal)
        .Replace("new-plugin", name.Name, StringComparison.Ordinal)
        .Replace("0.0.0-cloudsage", version, StringComparison.Ordinal);

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

/// <summary>One file of a project that is to be written.</summary>
internal sealed record ProjectFile(string Path, string Text);
