using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>What <c>csg analyze</c> answers: results, refusals and exit codes.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class AnalyzeTests
{
    private static string Bill => Paths.Sample("shop-focus-1.2.csv");

    [Test, CancelAfter(60_000)]
    public async Task The_sample_bill_as_a_table_shows_the_spike_and_a_recommendation(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline,
            "analyze", Bill, "--plugins", Paths.Plugins, "--inventory", Paths.Sample("inventory.csv"));
        run.ExitCode.Should().Be(0, run.Error);
        run.Output.Should().Contain("CostSpikeDetected").And.Contain("2026-04-12").And.Contain("i-0c0ffee000000004").And.Contain("280.32 USD");
        run.Output.Should().NotContain("\u001b", "standard output is no terminal");
        run.Output.Split('\n').Should().OnlyContain(static line => line.Length <= 120);
    }

    [Test, CancelAfter(60_000)]
    public async Task Standard_output_is_JSON_alone_with_every_part_of_the_result(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline,
            "analyze", Bill, "--plugins", Paths.Plugins, "--inventory", Paths.Sample("inventory.csv"), "--output", "json", "--verbose");
        run.ExitCode.Should().Be(0, run.Error);
        string[] parts = ["analyses", "alerts", "recommendations", "deliveries", "plugins", "faults"];
        run.Json.EnumerateObject().Select(static p => p.Name).Should().Contain(parts);
        run.Json.GetProperty("plugins").EnumerateArray().Should().HaveCount(7).And.OnlyContain(static p => p.GetProperty("state").GetString() == "Active");
        var spike = run.Json.GetProperty("alerts").EnumerateArray().Should().ContainSingle().Subject;
        spike.GetProperty("date").GetString().Should().Be("2026-04-12");
        spike.GetProperty("plugin").GetString().Should().Be("cost-anomaly-detector");
        run.Error.Should().Contain("focus-adapter 1.0.0 added", "logs go to standard error");
    }

    [Test, CancelAfter(60_000)]
    public async Task Nothing_of_a_run_stays_behind(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "analyze", Bill, "--plugins", Paths.Plugins);
        run.ExitCode.Should().Be(0, run.Error);
        Directory.EnumerateFileSystemEntries(directory.Path).Should().BeEmpty();
    }

    [TestCase("CSG4001", 66, "analyze", "absent.csv", "--plugins", "{plugins}")]
    [TestCase("CSG4001", 66, "analyze", "{bill}", "--plugins", "{plugins}", "--inventory", "absent.csv")]
    [TestCase("CSG4002", 66, "analyze", "{bill}")]
    [TestCase("CSG4003", 66, "analyze", "{bill}", "--plugins", "{plugins}", "--set", "no-such-plugin.key=1")]
    [TestCase("CSG4004", 64, "analyze", "{bill}", "--plugins", "{plugins}", "--set", "nonsense")]
    [TestCase("CSG4005", 78, "analyze", "{bill}", "--plugins", "{plugins}", "--set", "cost-anomaly-detector.no_such_key=1")]
    [TestCase("CSG4005", 78, "analyze", "{bill}", "--plugins", "{plugins}", "--set", "cost-anomaly-detector.threshold=much")]
    [TestCase("CSG3001", 65, "analyze", "{inventory}", "--plugins", "{plugins}", "--output", "json")]
    [TestCase("CSG3002", 65, "analyze", "{bill}", "--plugins", "{empty}", "--output", "json")]
    [TestCase("Required argument", 64, "analyze")]
    [TestCase("Whatever", 64, "analyze", "{bill}", "--metric", "Whatever")]
    [TestCase("CSG4003", 66, "run", "no-such-plugin", "--plugins", "{plugins}")]
    [TestCase("CSG4003", 66, "plugins", "show", "no-such-plugin", "--plugins", "{plugins}")]
    [CancelAfter(60_000)]
    public async Task What_cannot_be_done_is_refused_with_its_exit_code_and_the_reason_on_standard_error(string reason, int exitCode, params string[] arguments)
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory["empty"]);
        string[] filled = [.. arguments.Select(a => a
            .Replace("{plugins}", Paths.Plugins, StringComparison.Ordinal).Replace("{bill}", Bill, StringComparison.Ordinal)
            .Replace("{inventory}", Paths.Sample("inventory.csv"), StringComparison.Ordinal).Replace("{empty}", directory["empty"], StringComparison.Ordinal))];
        var run = await CsgRun.ExecuteAsync(directory.Path, TestContext.CurrentContext.CancellationToken, filled);
        run.ExitCode.Should().Be(exitCode, run.Output + run.Error);
        run.Error.Should().Contain(reason);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_broken_plugin_is_in_the_result_and_the_others_do_their_work(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var plugins = directory.AddPlugins("plugins", "focus-adapter", "console-notifier");
        var manifest = directory["plugins", "console-notifier", "manifest.yaml"];
        var text = await File.ReadAllTextAsync(manifest, deadline);
        await File.WriteAllTextAsync(manifest, text.Replace("version: 1.0.0", "version: one", StringComparison.Ordinal), deadline);

        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "analyze", Bill, "--plugins", plugins, "--output", "json");

        run.ExitCode.Should().Be(0, run.Error);
        run.Json.GetProperty("plugins").EnumerateArray().Select(static p => (p.GetProperty("name").GetString(), p.GetProperty("state").GetString()))
            .Should().BeEquivalentTo([("console-notifier", "Rejected"), ("focus-adapter", "Active")]);
        run.Json.GetProperty("findings").EnumerateArray().Should().Contain(static f => f.GetProperty("message").GetString()!.Contains("one"));
        run.Error.Should().Contain("manifest.yaml(2,10)");
    }

    [Test, CancelAfter(60_000)]
    public async Task Ctrl_C_ends_with_130_and_leaves_nothing_behind(CancellationToken deadline)
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("Windows has no way to interrupt another process without a console of its own.");
        using var directory = new TemporaryDirectory();
        // Sixty days many thousand times over: far more than can be read until the interrupt comes.
        await GrowAsync(directory["large.csv"], 4_000, deadline);
        using var csg = RunningProgram.Start(Paths.Csg, directory.Path, "analyze", "large.csv", "--plugins", Paths.Plugins, "--output", "json", "--verbose");
        await csg.WaitForAsync("focus-adapter 1.0.0 added", deadline);
        csg.Interrupt();
        (await csg.WaitForExitAsync(deadline)).Should().Be(130, csg.Error);
        csg.Output.Should().Contain("CSG4008").And.NotContain("\"plugins\"", "what was asked for as JSON is refused as JSON, and there is no half result");
        Directory.EnumerateDirectories(directory.Path).Should().BeEmpty();
    }

    private static async Task GrowAsync(string path, int times, CancellationToken deadline)
    {
        var lines = await File.ReadAllLinesAsync(Bill, deadline);
        await using var writer = new StreamWriter(path);
        await writer.WriteLineAsync(lines[0]);
        var rest = string.Join('\n', lines.Skip(1));
        for (var i = 0; i < times; i++) await writer.WriteLineAsync(rest.AsMemory(), deadline);
    }
}
