using System.Text.Json;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary><c>--output json</c>: whoever asks for it gets one JSON document on standard output, whatever comes of the command.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class JsonTests
{
    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case(66, "CSG4001", "analyze", "no-such-bill.csv");
        yield return Case(66, "CSG4001", "validate", "no-such-plugin");
        yield return Case(66, "CSG4001", "plugins", "register", "no-such-plugin");
        yield return Case(66, "CSG4001", "plugins", "test", "no-such-plugin", "--fixture=no-such-file");
        yield return Case(66, "CSG4001", "plugins", "pack", "no-such-project");
        yield return Case(66, "CSG4001", "plugins", "audit", "--advisories", "no-such-database", "--plugins", ".");
        yield return Case(66, "CSG4001", "plugins", "disable", "focus-adapter", "--state", "no-such-state");
        yield return Case(66, "CSG4002", "plugins", "list", "--plugins", "no-such-folder");
        yield return Case(66, "CSG4002", "plugins", "grant", "focus-adapter", "ReadCostData", "--plugins", "no-such-folder");
        yield return Case(66, "CSG4002", "plugins", "update", "--plugins", "no-such-folder");
        yield return Case(66, "CSG4002", "run", "focus-adapter", "--plugins", "no-such-folder");
        yield return Case(66, "CSG4003", "plugins", "show", "no-such-plugin", "--plugins", ".");
        yield return Case(66, "CSG4003", "plugins", "doctor", "no-such-plugin", "--plugins", ".");
        yield return Case(66, "CSG2416", "plugins", "revoke", "no-such-plugin", "ReadCostData", "--plugins", ".");
        yield return Case(66, "CSG2416", "plugins", "unregister", "no-such-plugin", "--plugins", ".");
        yield return Case(66, "CSG2416", "plugins", "grant", "no-such-plugin", "ReadCostData", "--plugins", ".");
        yield return Case(66, "CSG2416", "plugins", "remove", "no-such-plugin", "--plugins", ".");
        yield return Case(65, "CSG2603", "plugins", "install", "Contoso.Steward", "--source", "no-such-feed");
        yield return Case(65, "CSG1021", "plugins", "register", "/");
        yield return Case(64, "CSG4007", "plugins", "update", "--security", "--plugins", ".");
        yield return Case(64, "CSG4020", "plugin", "create", "--type=notifier", "../x");
        yield return Case(64, "CSG4007", "plugins", "no-such-command");
        yield return Case(64, "CSG4007", "plugins", "list", "--no-such-option");
        yield return Case(64, "CSG4007", "plugins", "enable");

        static TestCaseData Case(int exitCode, string code, params string[] words) => new TestCaseData(exitCode, code, words).SetArgDisplayNames(string.Join(' ', words));
    }

    [TestCaseSource(nameof(Refused)), CancelAfter(60_000)]
    public async Task What_is_refused_is_told_as_findings(int exitCode, string code, string[] words, CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, [.. words, "--output", "json"]);
        run.ExitCode.Should().Be(exitCode, run.Output + run.Error);
        var finding = run.Json.GetProperty("findings").EnumerateArray().First();
        finding.GetProperty("code").GetString().Should().Be(code);
        finding.GetProperty("severity").GetString().Should().Be("Error");
        Texts(finding, "message", "remedy").Should().OnlyContain(static text => text!.Length > 0);
        run.Error.Should().Contain(code, "people read it too");
    }

    [Test, CancelAfter(120_000)]
    public async Task Every_decision_is_told(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var plugin = Path.Combine(Paths.Plugins, "reservation-planner");
        var registered = await RunAsync(0, "register", plugin, "--yes");
        registered.GetProperty("registered").GetBoolean().Should().BeTrue();
        registered.GetProperty("locked").GetProperty("grants").EnumerateArray().Should().BeEmpty();
        await ChangeAsync("granted", "grant", "reservation-planner", "ReadCostData", "ReadCostData");
        (await File.ReadAllLinesAsync(directory[".cloudsage", "state", "audit.jsonl"], deadline)).Where(static line => line.Contains("\"granted\"", StringComparison.Ordinal)).Should().ContainSingle("what is said twice is done once");
        await ChangeAsync("revoked", "revoke", "reservation-planner", "ReadCostData");
        await ChangeAsync("disabled", "disable", "reservation-planner");
        await ChangeAsync("enabled", "enable", "reservation-planner");
        await ChangeAsync("retried", "retry", "reservation-planner");

        var sound = await RunAsync(0, "verify");
        sound.GetProperty("registered").GetInt32().Should().Be(1);
        sound.GetProperty("findings").EnumerateArray().Should().BeEmpty();
        await File.AppendAllTextAsync(directory["plugins", "reservation-planner", "manifest.yaml"], "\n# changed\n", deadline);
        var drifted = await RunAsync(65, "verify");
        drifted.GetProperty("findings").EnumerateArray().Single().GetProperty("code").GetString().Should().Be("CSG2403");

        await ChangeAsync("unregistered", "remove", "reservation-planner");
        Directory.Exists(directory["plugins", "reservation-planner"]).Should().BeFalse();

        async Task<JsonElement> RunAsync(int exitCode, params string[] words)
        {
            var run = await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", .. words, "--output=json"]);
            run.ExitCode.Should().Be(exitCode, run.Output + run.Error);
            return run.Json;
        }

        async Task ChangeAsync(string change, params string[] words)
        {
            var told = await RunAsync(0, words);
            Texts(told, "plugin", "change").Should().Equal("reservation-planner", change);
            told.GetProperty("permissions").EnumerateArray().Select(static p => p.GetString()).Should().Equal(words.Skip(2).Distinct());
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_plugin_that_is_refused_is_told_with_its_findings(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory["broken"]);
        await File.WriteAllTextAsync(directory["broken", "manifest.yaml"], "name: Broken\n", deadline);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "register", "broken", "--yes", "--output", "json");
        run.ExitCode.Should().Be(65, run.Error);
        run.Json.GetProperty("registered").GetBoolean().Should().BeFalse();
        run.Json.GetProperty("findings").EnumerateArray().First().GetProperty("location").GetProperty("file").GetString().Should().Be("manifest.yaml");
    }

    private static IEnumerable<string?> Texts(JsonElement element, params string[] names) => names.Select(name => element.GetProperty(name).GetString());
}
