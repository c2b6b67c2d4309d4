using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>csg's commands about plugins.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class PluginCommandTests
{
    [Test, CancelAfter(60_000)]
    public async Task Plugins_list_tells_states_and_timings(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "list", "--plugins", Paths.Plugins, "--output", "json");
        run.ExitCode.Should().Be(0, run.Error);
        run.Json.EnumerateArray().Should().HaveCount(7)
            .And.OnlyContain(static p => p.GetProperty("state").GetString() == "Active" && p.GetProperty("timings").GetProperty("total").GetString() != null);
    }

    [Test, CancelAfter(60_000)]
    public async Task Plugins_show_tells_what_a_plugin_may_do(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "show", "ec2-rightsizer", "--plugins", Paths.Plugins);
        run.ExitCode.Should().Be(0, run.Error);
        run.Output.Should().Contain("Active").And.Contain("OptimizationEngine").And.Contain("ReadInstanceMetrics");
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
        run.ExitCode.Should().Be(2, run.Error);
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
        run.ExitCode.Should().Be(2, run.Error);
        run.Output.Should().Contain("FocusAdapter.dll").And.Contain("CSG10");
    }
}
