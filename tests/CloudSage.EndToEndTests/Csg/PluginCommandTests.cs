using System.IO.Compression;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>csg's commands about plugins.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class PluginCommandTests
{
    [Test, CancelAfter(60_000)]
    public async Task Plugins_doctor_says_that_a_plugin_left_memory(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "doctor", "console-notifier", "--plugins", Paths.Plugins);
        run.ExitCode.Should().Be(0, run.Output + run.Error);
        run.Output.Should().Contain("console-notifier").And.Contain("Active").And.Contain("It left memory after");
    }

    [Test, CancelAfter(60_000)]
    public async Task Plugins_doctor_starts_the_plugin_and_what_it_needs_alone(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "doctor", "console-notifier", "--plugins", Paths.Plugins, "--verbose");
        run.ExitCode.Should().Be(0, run.Output + run.Error);
        run.Error.Should().Contain("console-notifier 1.0.0 added").And.NotContain("focus-adapter 1.0.0 added");
    }

    [Test, CancelAfter(60_000)]
    public async Task Plugins_doctor_tells_programs_the_same(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "doctor", "focus-adapter", "--plugins", Paths.Plugins, "--output", "json");
        run.ExitCode.Should().Be(0, run.Output + run.Error);
        run.Json.GetProperty("plugin").GetProperty("state").GetString().Should().Be("Active");
        run.Json.GetProperty("verdict").GetProperty("collected").GetBoolean().Should().BeTrue();
        run.Json.GetProperty("hasLeft").GetBoolean().Should().BeTrue();
        run.Json.GetProperty("lingering").EnumerateArray().Should().BeEmpty();
    }

    [Test, CancelAfter(60_000)]
    public async Task Plugins_doctor_fails_for_a_plugin_that_stays(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        TemporaryDirectory.Copy(Paths.Stayer, directory["plugins", "stayer"]);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "doctor", "stayer");
        run.ExitCode.Should().Be(1, run.Output + run.Error);
        run.Output.Should().Contain("It is still in memory after 10 collection(s)");
        var json = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "doctor", "stayer", "--output", "json");
        json.ExitCode.Should().Be(1, json.Error);
        json.Json.GetProperty("hasLeft").GetBoolean().Should().BeFalse();
        json.Json.GetProperty("lingering").EnumerateArray().Single().GetProperty("state").GetString().Should().Be("Leaked");
    }

    [Test, CancelAfter(60_000)]
    public async Task Plugins_doctor_says_why_a_plugin_never_served(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        TemporaryDirectory.Copy(Paths.Stayer, directory["plugins", "stayer"]);
        var manifest = directory["plugins", "stayer", "manifest.yaml"];
        await File.WriteAllTextAsync(manifest, await File.ReadAllTextAsync(manifest, deadline) + "no_such_key: 1\n", deadline);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "doctor", "stayer");
        run.ExitCode.Should().Be(1, run.Output + run.Error);
        run.Output.Should().Contain("CSG1112").And.Contain("It never served");
    }

    [TestCase("no-such-plugin", "plugins", "CSG4003")]
    [TestCase("stayer", "no-such-folder", "CSG4002")]
    [CancelAfter(60_000)]
    public async Task Plugins_doctor_refuses_what_is_not_there(string name, string folder, string code, CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        TemporaryDirectory.Copy(Paths.Stayer, directory["plugins", "stayer"]);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "doctor", name, "--plugins", folder);
        run.ExitCode.Should().Be(66, run.Output + run.Error);
        run.Error.Should().Contain(code);
    }

    [Test, CancelAfter(60_000)]
    public async Task Run_runs_an_optimiser_by_hand(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "run", "ec2-rightsizer", "--plugins", Paths.Plugins, "--output", "json");
        run.ExitCode.Should().Be(0, run.Error);
        run.Json.GetProperty("status").GetString().Should().Be("Succeeded");
    }

    [Test, CancelAfter(60_000)]
    public async Task Validate_accepts_every_sample(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        foreach (var plugin in Directory.EnumerateDirectories(Paths.Plugins))
        {
            var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "validate", plugin);
            run.ExitCode.Should().Be(0, run.Output + run.Error);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Validate_tells_every_error_with_its_place_and_remedy(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["manifest.yaml"], "name: Not A Name\nversion: 1.0.0\ntype: optimiser\nentry_point: ../x.dll\n", deadline);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "validate", "manifest.yaml");
        run.ExitCode.Should().Be(65, run.Error);
        run.Output.Should().MatchRegex(@"manifest\.yaml\(1,7\): CSG11\d\d: .+")
            .And.MatchRegex(@"manifest\.yaml\(3,7\): CSG11\d\d: .+")
            .And.MatchRegex(@"manifest\.yaml\(4,14\): CSG11\d\d: .+");
    }

    [Test, CancelAfter(60_000)]
    public async Task Validate_finds_a_cut_off_DLL_in_a_folder(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        await using (var dll = File.OpenWrite(directory["plugins", "focus-adapter", "FocusAdapter.dll"])) dll.SetLength(dll.Length / 2);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "validate", directory["plugins", "focus-adapter"]);
        run.ExitCode.Should().Be(65, run.Error);
        run.Output.Should().Contain("FocusAdapter.dll").And.Contain("CSG10");
    }

    [Test, CancelAfter(60_000)]
    public async Task Validate_looks_into_an_archive(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        var archive = directory["plugins", "focus-adapter.zip"];
        ZipFile.CreateFromDirectory(directory["plugins", "focus-adapter"], archive);
        var good = await CsgRun.ExecuteAsync(directory.Path, deadline, "validate", archive);
        good.ExitCode.Should().Be(0, good.Output + good.Error);

        using (var changed = ZipFile.Open(archive, ZipArchiveMode.Update)) changed.CreateEntry("../evil.txt");
        var evil = await CsgRun.ExecuteAsync(directory.Path, deadline, "validate", archive);

        evil.ExitCode.Should().Be(65, evil.Error);
        evil.Output.Should().Contain("CSG1221").And.Contain("'../evil.txt'");
    }
}
