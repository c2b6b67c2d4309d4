using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary><c>csg plugin create</c>, from the packed tool, and its twin <c>dotnet new</c>.</summary>
public sealed class CreateTests
{
    private static readonly string[] Types = ["optimizer", "notifier", "cloud-adapter", "integration"];

    [Test, CancelAfter(300_000)]
    public async Task A_new_plugin_of_each_type_builds_and_passes_its_tests(CancellationToken deadline)
    {
        var tool = await PackedTool.Shared;
        // No feed is named here: what a new project needs of ours comes with csg.
        using var directory = new TemporaryDirectory();
        foreach (var type in Types)
        {
            var run = await tool.CsgAsync(directory.Path, deadline, "plugin", "create", $"--type={type}", "--lang=csharp", $"my-{type}", "--output", "json");
            run.ExitCode.Should().Be(0, run.Output + run.Error);
            run.Json.GetProperty("folder").GetString().Should().Be(directory[$"my-{type}"]);
            run.Json.GetProperty("files").EnumerateArray().Select(f => File.Exists(directory[$"my-{type}", f.GetString()!])).Should().NotBeEmpty().And.OnlyContain(static exists => exists);
        }

        // One build for all of them takes a third of the time of four.
        var projects = Directory.EnumerateFiles(directory.Path, "*.csproj", SearchOption.AllDirectories).Select(static file => $"<Project Path=\"{file}\" />");
        await File.WriteAllTextAsync(directory["all.slnx"], $"<Solution>{string.Concat(projects)}</Solution>", deadline);
        var tests = await PackedTool.RunAsync("dotnet", directory.Path, deadline, "test", "all.slnx");
        tests.ExitCode.Should().Be(0, tests.Output + tests.Error);
        foreach (var type in Types)
            tests.Output.Should().MatchRegex($@"Passed!.+ - (?i:My{type.Replace("-", "", StringComparison.Ordinal)})\.Tests\.dll");

        // Their manifests say all that their code does: a strict host lets them in.
        var built = Directory.EnumerateFiles(directory.Path, "manifest.yaml", SearchOption.AllDirectories)
            .Where(static file => file.Contains(Path.Combine("bin", "Debug"), StringComparison.Ordinal) && !file.Contains(".Tests", StringComparison.Ordinal)).ToList();
        built.Should().HaveCount(Types.Length);
        foreach (var manifest in built)
        {
            var registered = await tool.CsgAsync(directory.Path, deadline, "plugins", "register", Path.GetDirectoryName(manifest)!, "--yes");
            registered.ExitCode.Should().Be(0, registered.Output + registered.Error);
        }
    }

    [Test, CancelAfter(120_000)]
    public async Task Dotnet_new_writes_the_same_files(CancellationToken deadline)
    {
        var tool = await PackedTool.Shared;
        using var directory = new TemporaryDirectory();
        var package = Directory.EnumerateFiles(PackedTool.Feed, "CloudSage.Plugins.Templates.*.nupkg").Single();
        var install = await PackedTool.RunAsync("dotnet", directory.Path, deadline, "new", "install", package);
        install.ExitCode.Should().Be(0, install.Output + install.Error);
        foreach (var type in Types)
        {
            var made = await PackedTool.RunAsync("dotnet", directory.Path, deadline, "new", $"cloudsage-{type}", "--name", "s3-tier2-mover", "--output", $"new-{type}");
            made.ExitCode.Should().Be(0, made.Output + made.Error);
            var created = await tool.CsgAsync(
                directory.Path, deadline, "plugin", "create", "s3-tier2-mover", "--type", type, "--output-dir", $"csg-{type}", "--source", PackedTool.Feed);
            created.ExitCode.Should().Be(0, created.Output + created.Error);
            File.Delete(directory[$"csg-{type}", "nuget.config"]);
            Content(directory[$"new-{type}"]).Should().Equal(Content(directory[$"csg-{type}"]));
        }
    }

    [TestCase("Idle")]
    [TestCase("../idle")]
    [TestCase("idle finder")]
    [TestCase("7days")]
    [TestCase("con")]
    [TestCase("lpt1")]
    [TestCase("alert", Description = "A type of the contracts")]
    [TestCase("task", Description = "A type that every file sees")]
    [TestCase("system")]
    [TestCase("a\nversion: 2")]
    [CancelAfter(60_000)]
    public async Task A_name_that_is_none_is_refused_and_nothing_is_written(string name, CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugin", "create", "--type=notifier", name);
        run.ExitCode.Should().Be(64, run.Error);
        run.Error.Should().Contain("CSG4020");
        Directory.EnumerateFileSystemEntries(directory.Path).Should().BeEmpty();
    }

    [Test, CancelAfter(60_000)]
    public async Task A_folder_that_is_not_empty_is_left_as_it_is(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory["idle-finder"]);
        await File.WriteAllTextAsync(directory["idle-finder", "mine.txt"], "mine", deadline);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugin", "create", "--type=optimizer", "idle-finder");
        run.ExitCode.Should().Be(73, run.Error);
        run.Error.Should().Contain("CSG4021");
        Directory.EnumerateFileSystemEntries(directory.Path, "*", SearchOption.AllDirectories).Should().BeEquivalentTo(directory["idle-finder"], directory["idle-finder", "mine.txt"]);
    }

    [Test, CancelAfter(60_000)]
    public async Task An_empty_folder_becomes_the_project(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory["here"]);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "create", "--type=optimizer", "idle-finder", "--output-dir", "here");
        run.ExitCode.Should().Be(0, run.Output + run.Error);
        File.Exists(directory["here", "src", "IdleFinder", "IdleFinder.csproj"]).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(directory.Path, ".csg-*").Should().BeEmpty();
    }

    [Test, CancelAfter(60_000)]
    public async Task What_cannot_be_written_leaves_nothing(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["file"], "in the way", deadline);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugin", "create", "--type=optimizer", "idle-finder", "--output-dir", Path.Combine("file", "idle-finder"));
        run.ExitCode.Should().Be(73, run.Error);
        run.Error.Should().Contain("CSG4022");
        Directory.EnumerateFileSystemEntries(directory.Path).Should().Equal(directory["file"]);
    }

    private static IEnumerable<(string Path, string Text)> Content(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file))).OrderBy(static file => file.Item1, StringComparer.Ordinal);
}
