using System.Collections.Concurrent;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Admission;
using CloudSage.PluginHost.Brokering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CloudSage.IntegrationTests.Admission;

/// <summary>A plugin that brings Newtonsoft.Json 12.0.3 runs under callers while what is known of its packages changes.</summary>
internal sealed class AdvisoryRescanTests : HostTests
{
    private const string Name = "json-user-12-0-3";
    private const string Vulnerable = "CSG2301";
    private const string WaiverEnds = "CSG2304";
    private const string NotScanned = "CSG2302";
    private const string Stale = "CSG2303";
    private const int Callers = 4;

    private readonly ConfigurationManager _settings = new();

    private string Database => Path.Combine(Place.Root, "advisories");

    [SetUp]
    public void Add()
    {
        Exchange(Record("GHSA-test-none", "Unrelated"));
        Plugins.Add(PluginFiles.Read(Name, BuiltFixtures.JsonUser("12.0.3")));
    }

    [TearDown]
    public void End() => _settings.Dispose();

    [TestCase(RunningAdvisoryAction.Warn)]
    [TestCase(RunningAdvisoryAction.Update)]
    public async Task A_vulnerability_that_becomes_known_is_shown_and_the_plugin_runs_on_without_a_failed_call(RunningAdvisoryAction action)
    {
        await using var host = await StartAsync(("OnRunning", action.ToString()));
        host.Find(Name)!.Findings.Should().BeEmpty();
        var calls = new Calls(host);

        Exchange(Record("GHSA-5crp-9r3c-p9vr", "Newtonsoft.Json"));
        var found = await FoundAsync(host, Vulnerable);
        found.Severity.Should().Be(FindingSeverity.Warning);
        found.Message.Should().Contain("Newtonsoft.Json 12.0.3").And.Contain("GHSA-5crp-9r3c-p9vr").And.Contain("goes on serving, but would not be let in again");
        found.Remedy.Should().Contain("13.0.1");
        (await host.HappensAsync(PluginEventKind.Reviewed, Name)).State.Should().Be(PluginState.Active);
        await calls.SomeMoreAsync();

        Exchange(Record("GHSA-test-none", "Unrelated"));
        await Eventually.TrueAsync(() => host.Find(Name)!.Findings.Count == 0, "nothing is found any more", host.Describe);
        await calls.SomeMoreAsync();
        (await calls.EndAsync()).Should().BeEmpty();
        host.Count(PluginEventKind.Added).Should().Be(1);
        host.Events.Should().NotContain(static e => e.Kind == PluginEventKind.Removed || e.Kind == PluginEventKind.Upgraded || e.Kind == PluginEventKind.UpgradeFailed);
        await host.StopAsync();
        (await File.ReadAllTextAsync(Path.Combine(Place.State, "audit.jsonl"))).Should().Contain("\"action\":\"reviewed\"").And.Contain("CSG2301");
    }

    [Test]
    public async Task Where_the_operator_wants_it_a_vulnerable_plugin_leaves_and_a_waiver_brings_it_back_for_its_time()
    {
        await using var host = await StartAsync(("OnRunning", "Disable"));
        var calls = new Calls(host);
        await calls.SomeMoreAsync();

        Exchange(Record("GHSA-5crp-9r3c-p9vr", "Newtonsoft.Json"));
        var status = await host.BecomesAsync(Name, PluginState.Rejected);
        status.Findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = Vulnerable, Severity = FindingSeverity.Error });
        (await host.HappensAsync(PluginEventKind.Removed, Name)).State.Should().Be(PluginState.Rejected);
        await host.HappensAsync(PluginEventKind.Collected, Name);
        (await calls.EndAsync()).Should().OnlyContain(static o => o.Status == CallStatus.Unavailable, "calls in flight end well, and later ones are told that nobody serves");

        Set(("Waivers:0:Id", "GHSA-5crp-9r3c-p9vr"), ("Waivers:0:Reason", "it parses its own text alone"), ("Waivers:0:Expires", "2999-01-01T00:00:00Z"));
        await host.BecomesAsync(Name, PluginState.Active);
        (await host.AskAsync(Name)).Should().StartWith("12.0.3");

        var ends = DateTimeOffset.UtcNow.AddDays(2);
        Set(("Waivers:0:Expires", $"{ends:O}"));
        (await FoundAsync(host, WaiverEnds)).Should().Match<Finding>(f => f.Severity == FindingSeverity.Warning && f.Message.Contains($"ends on {ends:yyyy-MM-dd}") && f.Message.Contains("Newtonsoft.Json 12.0.3"));
        host.Find(Name)!.State.Should().Be(PluginState.Active);

        Set(("Waivers:0:Expires", "2000-01-01T00:00:00Z"));
        var refused = await host.BecomesAsync(Name, PluginState.Rejected);
        refused.Findings.Single().Message.Should().Contain("The waiver of GHSA-5crp-9r3c-p9vr expired on 2000-01-01 (it parses its own text alone), so it counts again.");
        host.Count(PluginEventKind.Withdrawn).Should().Be(2);
    }

    [Test, Description("Bad input 62")]
    public async Task What_is_not_known_any_more_stops_nothing_that_runs_and_lets_nothing_in_until_it_is_known_again([Values("damaged", "gone", "stale")] string trouble)
    {
        await using var host = await StartAsync(("OnRunning", "Disable"));
        var calls = new Calls(host);

        if (trouble == "damaged") File.WriteAllText(Path.Combine(Database, "half.json"), "{ \"id\": ");
        else if (trouble == "gone") Directory.Delete(Database, recursive: true);
        else Set(("MaximumAge", "00:00:00.001"));

        (await FoundAsync(host, trouble == "stale" ? Stale : NotScanned)).Severity.Should().Be(FindingSeverity.Warning);
        Plugins.Add(new PluginSource("newcomer"));
        (await host.BecomesAsync("newcomer", PluginState.Rejected)).Findings.Should().OnlyContain(static f => f.Severity == FindingSeverity.Error);
        await calls.SomeMoreAsync();

        if (trouble == "stale") Set(("MaximumAge", "7.00:00:00"));
        else Exchange(Record("GHSA-test-none", "Unrelated"));
        await host.BecomesAsync("newcomer", PluginState.Active);
        await Eventually.TrueAsync(() => host.Find(Name)!.Findings.Count == 0, "nothing is found any more", host.Describe);
        (await calls.EndAsync()).Should().BeEmpty();
        host.Count(PluginEventKind.Added, Name).Should().Be(1);
        host.Count(PluginEventKind.Removed).Should().Be(0);
    }

    [Test]
    public async Task After_a_restart_the_policy_decides_anew_without_any_memory()
    {
        await using (var host = await StartAsync())
        {
            Exchange(Record("GHSA-5crp-9r3c-p9vr", "Newtonsoft.Json"));
            await FoundAsync(host, Vulnerable);
        }

        await using var again = await StartAsync();
        await again.BecomesAsync(Name, PluginState.Rejected);
        Set(("Policy", "Warn"));
        await again.BecomesAsync(Name, PluginState.Active);
    }

    [Test]
    public async Task Nobody_who_does_not_ask_for_advisories_is_told_of_them_until_they_do()
    {
        await using var host = await StartAsync(("Database", ""), ("Required", "false"));
        (await host.BecomesAsync(Name, PluginState.Active)).Findings.Should().BeEmpty();
        Set(("Required", "true"));
        (await FoundAsync(host, NotScanned)).Message.Should().Contain("No database of advisories is configured");
        host.Find(Name)!.State.Should().Be(PluginState.Active);
    }

    private Task<PluginHostFixture> StartAsync(params (string Key, string Value)[] settings)
    {
        Set([("Database", Database), ("LookInterval", "00:00:00.020"), .. settings]);
        return StartAsync(null, builder =>
        {
            builder.Environment.EnvironmentName = Environments.Production;
            builder.Services.AddPluginAdvisories(_settings.GetSection("Advisories"));
        });
    }

    private void Set(params (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings) _settings[$"Advisories:{key}"] = value;
        ((IConfigurationRoot)_settings).Reload();
    }

    private static Task<Finding> FoundAsync(PluginHostFixture host, string code)
        => Eventually.FindAsync(() => host.Find(Name)?.Findings.FirstOrDefault(f => f.Code == code), $"{code} is found", host.Describe);

    /// <summary>Puts another database in the place of the old one, as careful tools do: made aside, renamed.</summary>
    private void Exchange((string Id, string Content) record)
    {
        var aside = Directory.CreateDirectory(Path.Combine(Place.Root, $"next-{Guid.NewGuid():n}")).FullName;
        File.WriteAllText(Path.Combine(aside, record.Id + ".json"), record.Content);
        if (Directory.Exists(Database)) Directory.Move(Database, aside + "-old");
        Directory.Move(aside, Database);
    }

    private static (string Id, string Content) Record(string id, string package) => (id, $$"""
        { "id": "{{id}}", "modified": "{{DateTimeOffset.UtcNow:O}}", "summary": "bad",
          "affected": [ { "package": { "ecosystem": "NuGet", "name": "{{package}}" },
            "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "13.0.1" } ] } ] } ] }
        """);

    /// <summary>Callers that call without a pause.</summary>
    private sealed class Calls
    {
        private readonly ConcurrentQueue<CallOutcome<string>> _failed = new();
        private readonly Task[] _callers;
        private readonly PluginHostFixture _host;
        private int _answered;
        private volatile bool _ended;

        public Calls(PluginHostFixture host)
        {
            _host = host;
            _callers = [.. Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync))];
        }

        /// <summary>Waits until every caller has got an answer to a call that began after this.</summary>
        public Task SomeMoreAsync()
        {
            var seen = Volatile.Read(ref _answered);
            return Eventually.TrueAsync(() => Volatile.Read(ref _answered) > seen + (2 * Callers), "callers get answers", _host.Describe);
        }

        /// <summary>Ends the calls.</summary>
        /// <returns>Those that failed.</returns>
        public async Task<IReadOnlyCollection<CallOutcome<string>>> EndAsync()
        {
            _ended = true;
            await Task.WhenAll(_callers);
            return _failed;
        }

        private async Task CallAsync()
        {
            while (!_ended)
            {
                var outcome = await _host.CallAsync(Name);
                if (outcome.Succeeded) Interlocked.Increment(ref _answered);
                else _failed.Enqueue(outcome);
                await Task.Yield();
            }
        }
    }
}
