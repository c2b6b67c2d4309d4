using System.Diagnostics;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary>
/// Our packages as <c>dotnet pack</c> makes them, in a folder that is a feed, and csg installed from it: once for all tests. The machine's own
/// packages are used as they are, and nothing is left in them.
/// </summary>
internal sealed class PackedTool
{
    private static readonly Lazy<Task<PackedTool>> Made = new(MakeAsync);
    private static readonly TemporaryDirectory Root = new();

    public static Task<PackedTool> Shared => Made.Value;

    public static string Feed => Directory.CreateDirectory(Root["feed"]).FullName;

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static void Delete() => Root.Dispose();

    /// <summary>A folder in which the feed is known.</summary>
    public static TemporaryDirectory Workplace()
    {
        var directory = new TemporaryDirectory();
        File.WriteAllText(directory["nuget.config"], $"""
            <configuration>
              <packageSources><add key="feed" value="{Feed}" /></packageSources>
            </configuration>
            """);
        return directory;
    }

    /// <summary>Runs the installed csg.</summary>
    public Task<CsgRun> CsgAsync(string directory, CancellationToken deadline, params string[] arguments) => RunAsync("csg", directory, deadline, arguments);

    /// <summary>Runs a command line in an environment in which csg is on the path.</summary>
    public static Task<CsgRun> RunAsync(string command, string directory, CancellationToken deadline, params string[] arguments)
        => RunForAsync(Root["home"], command, directory, arguments, deadline);

    /// <summary>Runs a command line for a user whose folder is given: what they install by <c>dotnet tool install --global</c> is on their path.</summary>
    public static async Task<CsgRun> RunForAsync(string home, string command, string directory, string[] arguments, CancellationToken deadline)
    {
        var commands = Path.Combine(home, ".dotnet", "tools");
        var installed = Path.Combine(commands, OperatingSystem.IsWindows() ? $"{command}.exe" : command);
        var start = new ProcessStartInfo(File.Exists(installed) ? installed : command, arguments);
        start.Environment["PATH"] = $"{commands}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["DOTNET_CLI_HOME"] = Directory.CreateDirectory(home).FullName;
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["NUGET_PACKAGES"] = Root["packages"];
        start.Environment["NUGET_FALLBACK_PACKAGES"] = MachinePackages;
        // Of the test's own host, and not for what it starts.
        foreach (var name in start.Environment.Keys.Where(static key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) && key != "MSBUILDDISABLENODEREUSE").ToList())
            start.Environment.Remove(name);
        using var program = RunningProgram.Start(start, directory);
        var exitCode = await program.WaitForExitAsync(deadline);
        return new CsgRun(exitCode, program.Output, program.Error);
    }

    private static async Task<PackedTool> MakeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);
        using var workplace = Workplace();
        foreach (var project in new[] { "src/CloudSage.Cli", "templates" })
            await SucceedAsync("pack", Path.Combine(Paths.Repository, project), "--no-build", "--configuration", Paths.Configuration, "--output", Feed, "--verbosity", "quiet");
        await SucceedAsync("tool", "install", "--global", "CloudSage.Cli");
        return new PackedTool();

        async Task SucceedAsync(params string[] arguments)
        {
            var run = await RunAsync("dotnet", workplace.Path, patience.Token, arguments);
            if (run.ExitCode != 0) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{run.Output}\n{run.Error}");
        }
    }
}

/// <summary>Removes what the tests of the tool shared.</summary>
[SetUpFixture]
public sealed class PackedToolCleanUp
{
    [OneTimeTearDown]
    public void Delete() => PackedTool.Delete();
}
