using System.Reflection;
using System.Text.Json;
using CloudSage.UnloadZoo.Columns;
using CloudSage.Zoo;

namespace CloudSage.UnloadZoo.Catalogue;

/// <summary>All scenarios, read from the attributes of the plugins' classes.</summary>
public static class ZooCatalogue
{
    /// <summary>Reads the scenarios of every plugin.</summary>
    /// <returns>The scenarios, by plugin and then as their classes are declared.</returns>
    public static IReadOnlyList<ZooScenario> Read() => [.. ZooFixtures.Projects.SelectMany(ReadProject)];

    private static List<ZooScenario> ReadProject(string project)
    {
        var path = ZooFixtures.AssemblyOf(project);
        if (!File.Exists(path)) throw new FileNotFoundException($"{project} is not built: {path} is missing.", path);
        var versions = Versions(ZooFixtures.LockFileOf(project));
        var context = new PlainContext(path);
        try
        {
            return
            [
                .. context.LoadFromAssemblyPath(path).GetTypes()
                    .Select(static type => (Type: type, Scenario: type.GetCustomAttribute<ScenarioAttribute>()))
                    .Where(static found => found.Scenario is not null)
                    .OrderBy(static found => found.Type.MetadataToken)
                    .Select(found => Describe(project, found.Type.FullName!, found.Scenario!, versions)),
            ];
        }
        finally
        {
            context.Unload();
        }
    }

    private static ZooScenario Describe(string project, string type, ScenarioAttribute scenario, Dictionary<string, string> versions) => new(
        project, type, scenario.Cause,
        [.. Split(scenario.Packages, ",").Select(package => versions.TryGetValue(package, out var version)
            ? $"{package} {version}"
            : throw new InvalidOperationException($"{type} names the package {package}, which {project} does not have."))],
        scenario.Clean, scenario.Stays, Split(scenario.Culprit, "+"), scenario.Throws, scenario.Shared);

    private static string[] Split(string? text, string separator)
        => text?.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static Dictionary<string, string> Versions(string lockFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(lockFile));
        return document.RootElement.GetProperty("dependencies").EnumerateObject().First().Value.EnumerateObject()
            .Where(static package => package.Value.TryGetProperty("resolved", out _))
            .ToDictionary(static package => package.Name, static package => package.Value.GetProperty("resolved").GetString()!, StringComparer.OrdinalIgnoreCase);
    }
}
