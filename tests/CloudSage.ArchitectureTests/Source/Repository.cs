using System.Reflection;

namespace CloudSage.ArchitectureTests.Source;

/// <summary>The repository that these tests were built from, as files.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj", "node_modules", "artifacts", "TestResults"];

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<SourceProject> Products { get; } = Projects("src");

    public static IReadOnlyList<SourceProject> Projects(string folder)
        => [.. Files(folder, ".csproj").Select(file => new SourceProject(file)).OrderBy(project => project.Name, StringComparer.Ordinal)];

    /// <summary>The files below a folder whose name ends so, save what a build made.</summary>
    public static IEnumerable<SourceFile> Files(string folder, string ending)
    {
        var directory = Path.Combine(Root, folder);
        return !Directory.Exists(directory) ? [] : Directory.EnumerateFiles(directory, "*" + ending, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(Built).Any())
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path));
    }

    public static SourceFile? Find(string path) => File.Exists(Path.Combine(Root, path)) ? new SourceFile(path) : null;
}
