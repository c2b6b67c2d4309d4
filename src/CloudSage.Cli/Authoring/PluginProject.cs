using System.Text.Json;
using CloudSage.Cli.Codes;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Authoring;

/// <summary>A plugin as its author has it: a C# project with a manifest beside it.</summary>
/// <param name="File">The project's file, absolute.</param>
internal sealed record PluginProject(string File)
{
    private const string Manifest = "manifest.yaml";

    // As deep as the projects of a new plugin lie, and one more.
    private const int Depth = 3;

    private static readonly string[] Built = ["bin", "obj", "artifacts", "node_modules"];

    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>The projects of plugins at a path: the project file itself, or those in or below a folder. None for a built plugin.</summary>
    public static IReadOnlyList<PluginProject> Find(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (System.IO.File.Exists(full)) return IsProject(full) && HasManifest(full) ? [new PluginProject(full)] : [];
        return Directory.Exists(full) ? [.. Below(full, Depth).Order(StringComparer.Ordinal).Select(static file => new PluginProject(file))] : [];
    }

    /// <summary>Builds it.</summary>
    /// <param name="configuration">Debug or Release.</param>
    /// <param name="arguments">What to do besides building, and with what.</param>
    /// <param name="findings">Why it could not be built.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>The plugin's assembly, and the packages that were made; null where it could not be built.</returns>
    public async Task<PluginBuild?> BuildAsync(
        string configuration, IEnumerable<string> arguments, ICollection<Finding> findings, CancellationToken cancellationToken)
    {
        string[] command = ["build", File, "--configuration", configuration, "-target:Build", "-getProperty:TargetPath", "-getItem:NuGetPackOutput", .. arguments];
        var run = await DotnetTool.RunAsync(command, cancellationToken);
        if (run is null)
        {
            findings.Add(Finding.Error(CliCodes.NoSdk, "There is no .NET SDK: no program 'dotnet' is on the path.", "Install the .NET 10 SDK."));
            return null;
        }

        if (run.ExitCode == 0)
        {
            var build = PluginBuild.Read(run.Output);
            if (build.Assembly.Length > 0) return build;
            // What nobody can look at must not lie about.
            foreach (var package in build.Packages) System.IO.File.Delete(package);
            findings.Add(Finding.Error(CliCodes.BuildFailed, $"{Path.GetFileName(File)} builds for a list of frameworks (TargetFrameworks), and a plugin is one assembly for one.",
                "Name one in its place: <TargetFramework>net10.0</TargetFramework>."));
            return null;
        }

        foreach (var line in Errors(run)) findings.Add(Finding.Error(CliCodes.BuildFailed, line, "Mend it and build again."));
        return null;
    }

    private static IEnumerable<string> Below(string folder, int depth)
    {
        if (System.IO.File.Exists(Path.Combine(folder, Manifest)))
        {
            foreach (var file in Seen(() => Directory.GetFiles(folder, "*.csproj"))) yield return file;
        }

        if (depth == 0) yield break;
        foreach (var below in Seen(() => Directory.GetDirectories(folder)))
        {
            var name = Path.GetFileName(below);
            if (name.StartsWith('.') || Built.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            foreach (var file in Below(below, depth - 1)) yield return file;
        }
    }

    private static string[] Seen(Func<string[]> look)
    {
        try
        {
            return look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is somebody else's, or went meanwhile, holds no project of the author's.
            return [];
        }
    }

    private static bool IsProject(string file) => file.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase);

    private static bool HasManifest(string file) => System.IO.File.Exists(Path.Combine(Path.GetDirectoryName(file)!, Manifest));

    // With -getProperty the SDK answers in JSON, and tells what went wrong beside it.
    private static List<string> Errors(DotnetRun run)
    {
        var errors = run.Error.Split('\n').Select(static line => line.Trim()).Where(static line => line.Contains("error", StringComparison.Ordinal)).Distinct().ToList();
        return errors.Count > 0 ? errors : [$"The build failed with exit code {run.ExitCode}. {run.Error.Trim()}"];
    }
}

/// <summary>What a build made.</summary>
/// <param name="Assembly">The plugin's assembly; empty where the project builds for several frameworks.</param>
/// <param name="Packages">The packages, if any.</param>
internal sealed record PluginBuild(string Assembly, IReadOnlyList<string> Packages)
{
    public string Folder => Path.GetDirectoryName(Assembly)!;

    public static PluginBuild Read(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        var assembly = json.RootElement.GetProperty("Properties").GetProperty("TargetPath").GetString()!;
        var packages = json.RootElement.GetProperty("Items").GetProperty("NuGetPackOutput").EnumerateArray().Select(static item => item.GetProperty("FullPath").GetString()!);
        return new PluginBuild(assembly, [.. packages.Where(static file => file.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase))]);
    }
}
