using CloudSage.Cli.Codes;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Authoring;

/// <summary>What a path means to an author: the project of a plugin, a built plugin, a folder of several, or nothing.</summary>
internal static class PluginSubject
{
    private static readonly string[] Manifests = ["manifest.yaml", "manifest.yml"];

    /// <summary>The one project at a path; null where the path is a built plugin, or with a finding where it is neither.</summary>
    public static PluginProject? Project(string path, ICollection<Finding> findings)
    {
        if (!Path.Exists(path))
        {
            findings.Add(Finding.Error(CliCodes.NotFound, $"There is neither a file nor a folder '{path}'.", "Check the path."));
            return null;
        }

        switch (PluginProject.Find(path))
        {
            case [var project]:
                return project;
            case { Count: > 1 } several:
                findings.Add(Finding.Error(CliCodes.SeveralPlugins, $"'{path}' holds several plugins.",
                    $"Name one of {string.Join(", ", several.Select(static p => Path.GetRelativePath(Directory.GetCurrentDirectory(), p.Folder)))}."));
                return null;
            default:
                if (Several(path) is { } finding) findings.Add(finding);
                return null;
        }
    }

    /// <summary>The finding about a folder that is no plugin but holds some, as the plugin folder of a host does; null for any other path.</summary>
    public static Finding? Several(string path)
    {
        if (!Directory.Exists(path) || HasManifest(path)) return null;
        var plugins = Directory.EnumerateDirectories(path).Where(HasManifest).Order(StringComparer.Ordinal).ToList();
        return plugins.Count == 0 ? null : Finding.Error(CliCodes.SeveralPlugins, $"'{path}' is a folder of plugins and not one itself.", $"Name one of {string.Join(", ", plugins)}.");
    }

    /// <summary>The plugin as it is loaded: a project is built first.</summary>
    public static async Task<string?> BuiltAsync(string path, ICollection<Finding> findings, CancellationToken cancellationToken)
    {
        var project = Project(path, findings);
        if (findings.Count > 0) return null;
        return project is null ? path : (await project.BuildAsync("Debug", [], findings, cancellationToken))?.Assembly;
    }

    private static bool HasManifest(string folder) => Manifests.Any(manifest => File.Exists(Path.Combine(folder, manifest)));
}
