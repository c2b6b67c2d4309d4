using System.Reflection;

namespace CloudSage.UnloadZoo.Catalogue;

/// <summary>Where the build put the plugins.</summary>
public static class ZooFixtures
{
    /// <summary>The root of the repository that this was built from.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The plugins' projects.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(RepositoryRoot, "tests", "fixtures", "Zoo"), "Zoo.*")
            .Select(static folder => Path.GetFileName(folder)!)
            .Where(static name => name != "Zoo.Contract")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The folder with a plugin's files.</summary>
    /// <param name="project">The plugin's project.</param>
    /// <returns>The path.</returns>
    public static string FolderOf(string project)
        => Path.GetFullPath(Path.Combine(RepositoryRoot, "tests", "fixtures", "Zoo", project, Metadata("FixtureOutput")));

    /// <summary>A plugin's entry assembly.</summary>
    /// <param name="project">The plugin's project.</param>
    /// <returns>The path.</returns>
    public static string AssemblyOf(string project) => Path.Combine(FolderOf(project), project + ".dll");

    /// <summary>The file with the versions of a plugin's packages.</summary>
    /// <param name="project">The plugin's project.</param>
    /// <returns>The path.</returns>
    public static string LockFileOf(string project) => Path.Combine(RepositoryRoot, "tests", "fixtures", "Zoo", project, "packages.lock.json");

    private static string Metadata(string key)
        => typeof(ZooFixtures).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
