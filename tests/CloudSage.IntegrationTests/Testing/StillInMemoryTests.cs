using CloudSage.Fixtures.Embedder;
using CloudSage.PluginHost.Unloading;
using CloudSage.Plugins.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.IntegrationTests.Testing;

/// <summary>An author's test fails where the plugin stays in memory, and says why.</summary>
internal sealed class StillInMemoryTests : HostTests
{
    private const string Name = "stayer";

    [Test]
    public async Task A_pinned_plugin_fails_with_its_name_and_the_way_to_learn_more()
    {
        await using var host = await StartAsync("System.Runtime.InteropServices.GCHandle.Alloc(this);");

        var failed = await FailsAsync(host);

        failed.Verdict.Collected.Should().BeFalse();
        failed.Lingering.Should().ContainSingle().Which.State.Should().Be(PluginState.Leaked);
        failed.Reports.Should().BeEmpty("no analyzer is there");
        failed.Message.Should().Contain(Name).And.Contain("still in memory").And.Contain("CloudSage.PluginHost.Diagnostics");
    }

    [Test]
    public async Task With_an_analyzer_the_message_names_the_culprit_and_the_remedy()
    {
        await using var host = await StartAsync(
            "System.Runtime.InteropServices.GCHandle.Alloc(this);", static o => o.ConfigureServices(static s => s.AddSingleton<ILeakAnalyzer, Accuser>()));

        var failed = await FailsAsync(host);

        failed.Message.Should().Contain("GCHandle (Normal) -> Plugin").And.Contain("Free it.");
        failed.Reports.Should().ContainSingle().Which.Plugin.Should().Be(Name);
    }

    [Test]
    public async Task A_plugin_that_still_runs_fails_with_what_runs()
    {
        using var gate = new Gate();
        await using var host = await StartAsync(
            """context.RunInBackground("poll prices", _ => { gate.Block("run"); return Task.CompletedTask; });""",
            o => o.Provide<IGate>(gate).ConfigureHost(static h => h.Activation.StopDeadline = TimeSpan.FromMilliseconds(50)), "PluginContext context, IGate gate");

        var failed = await FailsAsync(host);

        failed.Lingering.Should().ContainSingle().Which.State.Should().Be(PluginState.Quarantined);
        failed.Message.Should().Contain("background work 'poll prices'");
    }

    [Test]
    public async Task What_the_host_took_back_passes_the_lenient_test_and_fails_the_strict_one_by_name()
    {
        const string start = "AppDomain.CurrentDomain.ProcessExit += OnExit;";
        await using (var lenient = await StartAsync(start))
            (await lenient.AssertUnloadsAsync()).Evicted.Should().NotBeEmpty();

        await using var host = await StartAsync(start);
        var strict = () => host.AssertLeavesNothingAsync();
        var failed = (await strict.Should().ThrowAsync<PluginLeftRemainsException>()).Which;
        failed.Verdict.Collected.Should().BeTrue();
        failed.Message.Should().Contain(Name).And.Contain(failed.Verdict.Evicted[0].Cause);
    }

    [Test]
    public async Task Without_assistance_the_same_plugin_stays()
    {
        await using var host = await StartAsync(
            "AppDomain.CurrentDomain.ProcessExit += OnExit;", static o => o.ConfigureHost(static h => h.Unloading.Assistance = UnloadAssistance.Off));

        (await FailsAsync(host)).Verdict.Evicted.Should().BeEmpty();
    }

    private static async Task<PluginStillInMemoryException> FailsAsync(PluginTestHost host)
    {
        var assertion = () => host.AssertUnloadsAsync();
        return (await assertion.Should().ThrowAsync<PluginStillInMemoryException>()).Which;
    }

    private Task<PluginTestHost> StartAsync(string start, Action<PluginTestOptions>? configure = null, string parameters = "PluginContext context")
    {
        var plugin = new PluginSource(Name)
        {
            Parameters = parameters,
            Members = "public object Context => context; private static void OnExit(object sender, EventArgs e) { }",
            Start = start,
        };
        return PluginTestHost.StartAsync(Plugins.Prepare(plugin.Build()), o =>
        {
            o.ConfigureHost(static h => h.Unloading.MaxCollections = 3);
            configure?.Invoke(o);
        });
    }

    private sealed class Accuser : ILeakAnalyzer
    {
        public Task<IReadOnlyList<LeakReport>> AnalyzeAsync(IReadOnlyList<LeakSubject> subjects, LeakAnalysisLimits limits, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<LeakReport>>([.. subjects.Select(static s => new LeakReport
            {
                Plugin = s.Plugin, Version = s.Version, At = DateTimeOffset.UnixEpoch,
                Holders = [new LeakHolder(LeakHolderKind.Handle, "GCHandle (Normal) -> Plugin", "Free it.")],
            })]);

        public Task<PluginHoldings> MeasureAsync(LeakSubject subject, LeakAnalysisLimits limits, CancellationToken cancellationToken)
            => Task.FromResult(new PluginHoldings { Plugin = subject.Plugin, Version = subject.Version, At = DateTimeOffset.UnixEpoch });
    }
}
