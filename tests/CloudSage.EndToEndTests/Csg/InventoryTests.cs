using System.Text.Json;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary><c>csg plugins list|show</c>: what folder, lock file and state file tell; and decisions, which go by the same.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class InventoryTests
{
    [Test, CancelAfter(60_000)]
    public async Task Without_a_lock_file_every_plugin_is_told_and_nothing_is_written(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var plugins = directory.AddPlugins("plugins", "focus-adapter", "ec2-rightsizer");
        var before = Directory.GetFileSystemEntries(directory.Path, "*", SearchOption.AllDirectories);
        var list = (await ListAsync(directory, 0, deadline)).GetProperty("plugins").EnumerateArray().ToList();
        list.Select(static p => (Text(p, "name"), Text(p, "version"), Text(p, "type"), Text(p, "standing"))).Should().Equal(
            ("ec2-rightsizer", "1.0.0", "optimizer", "NoLock"), ("focus-adapter", "1.0.0", "cloud-adapter", "NoLock"));
        list[0].GetProperty("notGranted").EnumerateArray().Select(static p => p.GetString()).Should().Contain("ReadInstanceMetrics");
        list[0].GetProperty("source").GetString().Should().Be(Path.Combine(plugins, "ec2-rightsizer"));
        Directory.GetFileSystemEntries(directory.Path, "*", SearchOption.AllDirectories).Should().BeEquivalentTo(before);
    }

    [Test, CancelAfter(120_000)]
    public async Task What_differs_from_the_lock_file_and_what_was_decided_is_told(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter", "reservation-planner", "console-notifier", "cost-anomaly-detector");
        await SucceedAsync("register", "plugins/focus-adapter", "--yes");
        await SucceedAsync("register", "plugins/reservation-planner", "--yes", "--grant", "ReadCostData");
        await SucceedAsync("register", "plugins/cost-anomaly-detector", "--yes");
        await SucceedAsync("disable", "reservation-planner");
        await File.AppendAllTextAsync(directory["plugins", "focus-adapter", "manifest.yaml"], "\n# changed\n", deadline);
        Directory.Delete(directory["plugins", "cost-anomaly-detector"], recursive: true);
        Directory.CreateDirectory(directory["plugins", "broken"]);
        await File.WriteAllTextAsync(directory["plugins", "broken", "manifest.yaml"], "name: [", deadline);

        var list = (await ListAsync(directory, 0, deadline)).GetProperty("plugins").EnumerateArray().ToDictionary(static p => Text(p, "name")!);
        list.Values.Select(static p => (Text(p, "name"), Text(p, "standing"), Code(p))).Should().Equal(
            ("broken", "Unknown", "CSG1105"), ("console-notifier", "NotRegistered", "CSG2402"), ("cost-anomaly-detector", "Missing", "CSG2406"),
            ("focus-adapter", "Drifted", "CSG2403"), ("reservation-planner", "Registered", null));
        list["reservation-planner"].GetProperty("isDisabled").GetBoolean().Should().BeTrue();
        list["reservation-planner"].GetProperty("notGranted").EnumerateArray().Should().BeEmpty();
        list["focus-adapter"].GetProperty("isDisabled").GetBoolean().Should().BeFalse();

        var show = await SucceedAsync("show", "reservation-planner");
        show.Output.Should().MatchRegex(@"lock file\s+registered").And.MatchRegex(@"state\s+disabled").And.MatchRegex(@"ReadCostData .+ yes");
        (await SucceedAsync("show", "focus-adapter")).Output.Should().MatchRegex(@"lock file\s+differs").And.Contain("CSG2403");

        async Task<CsgRun> SucceedAsync(params string[] words)
        {
            var run = await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", .. words]);
            run.ExitCode.Should().Be(0, run.Output + run.Error);
            return run;
        }
    }

    [Test, CancelAfter(120_000)]
    public async Task Of_several_folders_of_one_name_it_is_told_which_is_used(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "console-notifier");
        var (old, next) = (directory["plugins", "console-notifier"], directory["plugins", "a-next"]);
        TemporaryDirectory.Copy(old, next);
        var manifest = Path.Combine(next, "manifest.yaml");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, deadline)).Replace("version: 1.0.0", "version: 2.0.0", StringComparison.Ordinal), deadline);

        await ToldAsync(next, old, "CSG1408");
        // Registering puts one in place of all of its name; then the other comes back.
        var aside = directory["aside"];
        Directory.Move(next, aside);
        (await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "register", "plugins/console-notifier", "--yes")).ExitCode.Should().Be(0);
        Directory.Move(aside, next);
        await ToldAsync(old, next, "CSG2402");
        var verify = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "verify");
        verify.Error.Should().Contain("CSG2402").And.Contain(next).And.NotContain("CSG2403");
        await ToldAsync(next, old, "CSG1408", "--environment", "development");
        var restore = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "restore", "--output", "json");
        restore.Json.GetProperty("restored").EnumerateArray().Should().BeEmpty("the registered content is there");

        async Task ToldAsync(string used, string other, string code, params string[] more)
        {
            var show = await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", "show", "console-notifier", "--output", "json", .. more]);
            Text(show.Json, "source").Should().Be(used);
            show.Json.GetProperty("findings").EnumerateArray().Select(static f => Text(f, "code")).Should().Contain(code);
            var list = await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", "list", "--output", "json", .. more]);
            var shadowed = list.Json.GetProperty("plugins").EnumerateArray().Single(static p => p.TryGetProperty("shadowedBy", out var by) && by.ValueKind == JsonValueKind.String);
            (Text(shadowed, "source"), Text(shadowed, "shadowedBy"), Code(shadowed)).Should().Be((other, used, code));
            (await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", "list", .. more])).Output.Should().Contain("not used");
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_quarantine_is_told_with_its_reason(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        await WriteStateAsync(directory, """
            { "version": 1, "disabled": [], "retried": {},
              "quarantined": { "focus-adapter": { "version": "1.0.0", "hash": "0f", "reason": "The process died while it started.", "at": "2030-01-02T03:04:05Z" } } }
            """, deadline);
        var quarantine = (await ListAsync(directory, 0, deadline)).GetProperty("plugins").EnumerateArray().Single().GetProperty("quarantine");
        Text(quarantine, "reason").Should().Be("The process died while it started.");
        var show = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "show", "focus-adapter");
        show.Output.ReplaceLineEndings(" ").Should().Contain("quarantined since 2030-01-02 03:04:05Z, version 1.0.0: The process died while it started.");
    }

    [Test, CancelAfter(60_000)]
    public async Task A_damaged_file_is_told_with_its_code_and_the_plugins_all_the_same(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        await WriteStateAsync(directory, "{", deadline);
        await File.WriteAllTextAsync(directory["plugins", "plugins.lock"], "{", deadline);
        var inventory = await ListAsync(directory, 65, deadline);
        inventory.GetProperty("findings").EnumerateArray().Select(static f => Text(f, "code")).Should().Equal("CSG2401", "CSG1905");
        var plugin = inventory.GetProperty("plugins").EnumerateArray().Single();
        (Text(plugin, "name"), Text(plugin, "standing")).Should().Be(("focus-adapter", "Unknown"));
        foreach (var (code, words) in new (string, string[])[] { ("CSG1905", ["disable", "focus-adapter"]), ("CSG2401", ["grant", "focus-adapter", "ReadCostData"]) })
        {
            var run = await CsgRun.ExecuteAsync(directory.Path, deadline, ["plugins", .. words, "--output", "json"]);
            run.ExitCode.Should().Be(65, run.Error);
            Code(run.Json).Should().Be(code);
        }
    }

    [TestCase("disable")]
    [TestCase("enable")]
    [TestCase("retry")]
    [CancelAfter(60_000)]
    public async Task Nothing_is_decided_about_a_plugin_that_is_not_there(string verb, CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        Directory.CreateDirectory(directory[".cloudsage", "state"]);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", verb, "focus-adaptor");
        run.ExitCode.Should().Be(66, run.Output);
        run.Error.Should().Contain("CSG4003").And.Contain("focus-adapter");
        Directory.EnumerateFileSystemEntries(directory[".cloudsage", "state"]).Should().BeEmpty();
    }

    private static async Task<JsonElement> ListAsync(TemporaryDirectory directory, int exitCode, CancellationToken deadline)
    {
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "list", "--output", "json");
        run.ExitCode.Should().Be(exitCode, run.Output + run.Error);
        return run.Json;
    }

    private static async Task WriteStateAsync(TemporaryDirectory directory, string json, CancellationToken deadline)
    {
        Directory.CreateDirectory(directory[".cloudsage", "state", "operator"]);
        await File.WriteAllTextAsync(directory[".cloudsage", "state", "operator", "state.json"], json, deadline);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>The code of the first finding; null where there is none.</summary>
    private static string? Code(JsonElement element)
        => element.GetProperty("findings").EnumerateArray().Select(static f => Text(f, "code")).FirstOrDefault();
}
