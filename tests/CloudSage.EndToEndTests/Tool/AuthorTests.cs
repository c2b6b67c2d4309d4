using System.IO.Compression;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary><c>csg plugin validate|test|pack</c>, from the packed tool, on a plugin that it created.</summary>
public sealed class AuthorTests
{
    private readonly TemporaryDirectory _directory = new();
    private PackedTool _tool = null!;

    [OneTimeSetUp]
    public async Task CreatePlugin()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);
        _tool = await PackedTool.Shared;
        await RunAsync(patience.Token, "plugin", "create", "--type=optimizer", "idle-finder");
        await RunAsync(patience.Token, "plugin", "create", "--type=notifier", "teller");
    }

    [OneTimeTearDown]
    public void Delete() => _directory.Dispose();

    [Test, CancelAfter(120_000)]
    public async Task Test_builds_a_project_and_shows_what_the_plugin_made_of_the_fixture(CancellationToken deadline)
    {
        var fixture = Path.Combine("idle-finder", "fixtures", "example.json");
        var run = await RunAsync(deadline, "plugin", "test", "idle-finder", $"--fixture={fixture}");
        run.ExitCode.Should().Be(0, run.Output + run.Error);
        run.Output.Should().Contain("idle-finder 1.0.0").And.Contain("Stop vm-idle, saves 73 USD a month").And.Contain("It left memory").And.Contain("Passed.");

        // What is built is tested as it is.
        var built = Path.Combine("idle-finder", "src", "IdleFinder", "bin", "Debug", "net10.0");
        var json = await RunAsync(deadline, "plugin", "test", built, $"--fixture={fixture}", "--set", "idle_below=1", "--output", "json");
        json.ExitCode.Should().Be(0, json.Output + json.Error);
        json.Json.GetProperty("passed").GetBoolean().Should().BeTrue();
        json.Json.GetProperty("replay").GetProperty("recommendations").EnumerateArray().Should().BeEmpty();
        json.Json.GetProperty("replay").GetProperty("calls").EnumerateArray().Single().GetProperty("status").GetString().Should().Be("Succeeded");
    }

    [Test, CancelAfter(120_000)]
    public async Task Test_fails_and_says_why_a_plugin_faults(CancellationToken deadline)
    {
        TemporaryDirectory.Copy(_directory["teller"], _directory["thrower"]);
        var source = _directory["thrower", "src", "Teller", "FileNotifier.cs"];
        var text = await File.ReadAllTextAsync(source, deadline);
        await File.WriteAllTextAsync(source, text.Replace("if (alert.Severity < _minimum", "if (alert.AlertId == \"spike-2\") throw new InvalidOperationException(\"no ink\");\n        if (alert.Severity < _minimum", StringComparison.Ordinal), deadline);
        var run = await RunAsync(deadline, "plugin", "test", "thrower", "--fixture", Path.Combine("thrower", "fixtures", "example.json"));
        run.ExitCode.Should().Be(1, run.Output + run.Error);
        run.Output.Should().Contain("Faulted").And.Contain("System.InvalidOperationException: no ink").And.Contain("It left memory").And.Contain("Failed.");
    }

    [Test, CancelAfter(120_000)]
    public async Task Test_fails_and_names_what_keeps_a_plugin(CancellationToken deadline)
    {
        var run = await RunAsync(deadline, "plugin", "test", Paths.Stayer, "--fixture", Path.Combine("teller", "fixtures", "example.json"));
        run.ExitCode.Should().Be(1, run.Output + run.Error);
        run.Output.Should().Contain("It is still in memory").And.Contain("held by").And.Contain("Failed.");
    }

    [Test, CancelAfter(120_000)]
    public async Task Test_shows_what_the_compiler_says(CancellationToken deadline)
    {
        TemporaryDirectory.Copy(_directory["teller"], _directory["broken"]);
        await File.WriteAllTextAsync(_directory["broken", "src", "Teller", "Broken.cs"], "class Broken { int Number => \"none\"; }", deadline);
        var run = await RunAsync(deadline, "plugin", "test", "broken", "--fixture", Path.Combine("broken", "fixtures", "example.json"));
        run.ExitCode.Should().Be(65);
        run.Error.Should().Contain("CSG4026").And.MatchRegex(@"Broken\.cs\(1,\d+\): error CS0029");
    }

    [Test, CancelAfter(60_000)]
    public async Task A_fixture_that_is_none_is_refused_with_the_place(CancellationToken deadline)
    {
        await File.WriteAllTextAsync(_directory["wrong.json"], "{\n  \"alert\": []\n}", deadline);
        var wrong = await RunAsync(deadline, "plugin", "test", "teller", "--fixture", "wrong.json");
        wrong.ExitCode.Should().Be(65);
        wrong.Error.Should().Contain("CSG4028").And.Contain("wrong.json(2,").And.Contain("alert");
        var absent = await RunAsync(deadline, "plugin", "test", "teller", "--fixture", "absent.json");
        absent.ExitCode.Should().Be(66);
        absent.Error.Should().Contain("CSG4001").And.Contain("absent.json");
    }

    [Test, CancelAfter(60_000)]
    public async Task Validate_says_how_to_come_from_source_to_a_plugin(CancellationToken deadline)
    {
        var source = await RunAsync(deadline, "plugin", "validate", "idle-finder");
        source.ExitCode.Should().Be(65);
        source.Error.Should().Contain("CSG4024").And.Contain("dotnet publish");
        var manifest = await RunAsync(deadline, "plugins", "validate", Path.Combine("idle-finder", "src", "IdleFinder", "manifest.yaml"), "--output", "json");
        manifest.ExitCode.Should().Be(0, manifest.Output + manifest.Error);
        manifest.Json.GetProperty("fit").GetBoolean().Should().BeTrue();
        var folder = await RunAsync(deadline, "validate", Paths.Plugins);
        folder.ExitCode.Should().Be(64);
        folder.Error.Should().Contain("CSG4023").And.Contain("focus-adapter");
    }

    [Test, CancelAfter(120_000)]
    public async Task Pack_makes_the_same_bytes_of_the_same_source_wherever_it_lies(CancellationToken deadline)
    {
        TemporaryDirectory.Copy(_directory["idle-finder"], _directory["elsewhere", "idle-finder"]);
        foreach (var built in new[] { "bin", "obj" })
        {
            var folder = _directory["elsewhere", "idle-finder", "src", "IdleFinder", built];
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }

        var here = await RunAsync(deadline, "plugin", "pack", "idle-finder", "--output", "json");
        here.ExitCode.Should().Be(0, here.Output + here.Error);
        var there = await RunAsync(deadline, "plugin", "pack", Path.Combine("elsewhere", "idle-finder"), "--output-dir", Path.Combine("elsewhere", "artifacts"), "--output", "json");
        there.ExitCode.Should().Be(0, there.Output + there.Error);
        there.Json.GetProperty("hash").GetString().Should().Be(here.Json.GetProperty("hash").GetString());

        var file = here.Json.GetProperty("file").GetString()!;
        Path.GetFileName(file).Should().Be("idle-finder.1.0.0.nupkg");
        await using var package = await ZipFile.OpenReadAsync(file, deadline);
        package.Entries.Select(static entry => entry.FullName).Should().Contain(["manifest.yaml", "lib/net10.0/IdleFinder.dll"]);
        package.Entries.Should().OnlyContain(static entry => entry.LastWriteTime.Year == 1980);
        using var nuspec = new StreamReader(await package.GetEntry("idle-finder.nuspec")!.OpenAsync(deadline));
        (await nuspec.ReadToEndAsync(deadline)).Should().Contain("<packageType name=\"CloudSagePlugin\" />").And.Contain("<dependency id=\"CloudSage.Plugins.Abstractions\"");
    }

    [Test, CancelAfter(120_000)]
    public async Task A_package_that_lies_in_the_plugin_folder_has_one_content_for_every_command(CancellationToken deadline)
    {
        var plugins = Directory.CreateDirectory(_directory["dropped"]).FullName;
        string[] folder = ["--plugins", plugins, "--state", _directory["dropped-state"]];
        (await RunAsync(deadline, "plugin", "pack", "idle-finder", "--output-dir", plugins)).ExitCode.Should().Be(0);
        var package = Directory.EnumerateFiles(plugins, "*.nupkg").Single();

        var registered = await RunAsync(deadline, ["plugins", "register", package, "--yes", .. folder]);
        registered.ExitCode.Should().Be(0, registered.Output + registered.Error);

        foreach (var command in new[] { "verify", "list", "restore" })
        {
            var run = await RunAsync(deadline, ["plugins", command, .. folder]);
            run.ExitCode.Should().Be(0, run.Output + run.Error);
            (run.Output + run.Error).Should().NotContain("CSG2403");
        }
    }

    [Test, CancelAfter(120_000)]
    public async Task Pack_refuses_what_no_host_would_load(CancellationToken deadline)
    {
        TemporaryDirectory.Copy(_directory["teller"], _directory["unfit"]);
        var manifest = _directory["unfit", "src", "Teller", "manifest.yaml"];
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, deadline)).Replace("entry_point: Teller.dll", "entry_point: Other.dll", StringComparison.Ordinal), deadline);
        var run = await RunAsync(deadline, "plugin", "pack", "unfit", "--output-dir", "unfit-packages");
        run.ExitCode.Should().Be(65);
        run.Error.Should().Contain("CSG1013");
        Directory.EnumerateFiles(_directory["unfit-packages"]).Should().BeEmpty();
        var built = await RunAsync(deadline, "plugin", "pack", Path.Combine(Paths.Plugins, "focus-adapter"));
        built.Error.Should().Contain("CSG4025");
    }

    [Test, CancelAfter(180_000)]
    public async Task A_project_for_several_frameworks_is_refused_and_leaves_no_package(CancellationToken deadline)
    {
        TemporaryDirectory.Copy(_directory["teller"], _directory["several"]);
        var project = Directory.EnumerateFiles(_directory["several", "src"], "*.csproj", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(project, System.Text.RegularExpressions.Regex.Replace(await File.ReadAllTextAsync(project, deadline), "<(/?)TargetFramework>", "<$1TargetFrameworks>"), deadline);
        string[][] commands = [["plugin", "test", "several", "--fixture", Path.Combine("several", "fixtures", "example.json")], ["plugin", "pack", "several", "--output-dir", "several-packages"]];
        foreach (var command in commands)
        {
            var run = await RunAsync(deadline, command);
            run.ExitCode.Should().Be(65, run.Output + run.Error);
            run.Error.Should().Contain("CSG4026").And.Contain("TargetFrameworks");
        }

        if (Directory.Exists(_directory["several-packages"])) Directory.EnumerateFiles(_directory["several-packages"]).Should().BeEmpty();
    }

    private Task<CsgRun> RunAsync(CancellationToken deadline, params string[] arguments) => _tool.CsgAsync(_directory.Path, deadline, arguments);
}
