using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>A plugin that still runs when it should be gone: asked, waited for, put under quarantine, and collected when it lets go.</summary>
internal sealed class StillRunningTests : HostTests
{
    private const string Name = "runner";

    private static IEnumerable<TestCaseData> Steps()
    {
        yield return Case("A_StopAsync_that_does_not_return", "StopAsync", Plugin() with { Stop = """gate.Block("run");""" });
        yield return Case("A_disposal_that_does_not_return", "disposal", Plugin() with { Dispose = """gate.Block("run");""" });
        yield return Case("Background_work_that_does_not_end", "background work 'poll prices'",
            Plugin() with { Start = """context.RunInBackground("poll prices", _ => { gate.Block("run"); return Task.CompletedTask; });""" });
        yield return Case("A_timer_whose_tick_does_not_end", "background work 'tick'",
            Plugin() with { Start = """context.StartTimer("tick", TimeSpan.FromMilliseconds(1), _ => { gate.Block("run"); return Task.CompletedTask; });""", WaitsFor = "run" });
        yield return Case("A_callback_on_the_stop_token_that_blocks", "a callback on PluginContext.Stopping",
            Plugin() with { Start = """context.Stopping.Register(() => { gate.Block("run"); gate.Reach("after"); });""" });
        yield return Case("A_registered_resource_whose_disposal_blocks", "disposal of what it registered",
            Plugin() with { Start = "context.RegisterForDisposal(new Blocker(gate));" });

        static TestCaseData Case(string name, string what, Runner plugin) => new TestCaseData(what, plugin).SetName(name + "_is_quarantined_named_and_collected_when_it_ends");
    }

    [TestCaseSource(nameof(Steps))]
    public async Task Quarantine(string what, object source)
    {
        var plugin = (Runner)source;
        Plugins.Add(plugin.Source);
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync(Impatient, static b => b.Services.AddHealthChecks().AddPluginHost());
        if (plugin.WaitsFor is { } point) await host.Gate.ReachedAsync(point);

        Plugins.Delete(Name);

        var quarantined = await host.HappensAsync(PluginEventKind.Quarantined, Name, "1.0.0");
        quarantined.State.Should().Be(PluginState.Quarantined);
        quarantined.Message.Should().Contain("CSG2004").And.Contain(what);
        var status = host.Find(Name)!;
        status.State.Should().Be(PluginState.Quarantined, host.Describe());
        status.Findings.Should().ContainSingle(static f => f.Code == "CSG2004").Which.Message.Should().Contain(what);
        status.Lingering.Should().ContainSingle().Which.StillRunning.Should().Equal(what);
        status.LastUnload!.StillRunning.Should().Equal(what);
        status.VersionsLeaked.Should().Be(0, "it is not leaked: it runs");
        (await host.CallAsync(Name)).Status.Should().Be(CallStatus.Unavailable, "it gets no new calls");
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        health.Entries.Values.Single().Data[Name].Should().BeOfType<string>().Which.Should().Contain(what);
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");

        host.Gate.Open("run");

        await host.HappensAsync(PluginEventKind.Collected, Name, "1.0.0");
        await host.BecomesAsync(Name, PluginState.Unloaded);
        host.Find(Name)!.Lingering.Should().BeEmpty();
        host.Count(PluginEventKind.Leaked).Should().Be(0);
    }

    [Test]
    public async Task A_call_that_ignores_its_token_is_quarantined_named_and_collected_when_it_ends()
    {
        Plugins.Add(new PluginSource(Name) { Parameters = "IGate gate", Execute = """gate.Block("run"); return new CommandResult(true, "late");""" });
        await using var host = await StartAsync(Impatient);
        var call = host.CallAsync(Name);
        await host.Gate.ReachedAsync("run");

        Plugins.Delete(Name);

        (await host.HappensAsync(PluginEventKind.Quarantined, Name)).Message.Should().Contain("1 call(s)");
        (await call).Status.Should().Be(CallStatus.Cancelled, "whoever called is not kept waiting");
        host.Gate.Open("run");
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }

    [Test]
    public async Task A_start_that_was_given_up_and_still_runs_is_named()
    {
        Plugins.Add(new PluginSource(Name) { Parameters = "IGate gate", Start = """gate.Block("run");""" });
        await using var host = await StartAsync(static o => { Impatient(o); o.Activation.StartDeadline = TimeSpan.FromMilliseconds(300); });

        (await host.HappensAsync(PluginEventKind.Quarantined, Name)).Message.Should().Contain("its start");
        host.Find(Name)!.State.Should().Be(PluginState.Faulted, "what the operator must know first is that it does not start");
        host.Find(Name)!.Findings.Select(static f => f.Code).Should().Contain(["CSG1607", "CSG2004"]);
        host.Gate.Open("run");
        await host.HappensAsync(PluginEventKind.Collected, Name);
        host.Find(Name)!.Findings.Select(static f => f.Code).Should().NotContain("CSG2004");
    }

    [Test]
    public async Task A_version_that_does_not_stop_keeps_no_successor_from_serving()
    {
        Plugins.Add(Plugin().Source with { Stop = """gate.Block("run");""" });
        await using var host = await StartAsync(Impatient);

        Plugins.Swap(new PluginSource(Name) { Version = "2.0.0" }.Build());
        (await host.HappensAsync(PluginEventKind.Quarantined, Name, "1.0.0")).State.Should().Be(PluginState.Active, "the new version serves");
        (await host.AskAsync(Name)).Should().Be("2.0.0");
        host.Find(Name)!.State.Should().Be(PluginState.Active);
        host.Find(Name)!.Lingering.Select(static l => l.Version).Should().Equal("1.0.0");

        Plugins.Swap(new PluginSource(Name) { Version = "3.0.0" }.Build());
        await host.BecomesAsync(Name, PluginState.Active, "3.0.0");
        await host.HappensAsync(PluginEventKind.Collected, Name, "2.0.0");
        (await host.AskAsync(Name)).Should().Be("3.0.0");

        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Collected, Name, "3.0.0");
        host.Find(Name)!.State.Should().Be(PluginState.Quarantined, "the first version still runs");
        (await host.Plugins.RetryAsync(Name, CancellationToken.None)).Message.Should().Contain("CSG2004");

        Plugins.Add(new PluginSource(Name) { Version = "4.0.0" });
        await host.BecomesAsync(Name, PluginState.Active, "4.0.0");
        host.Find(Name)!.Lingering.Select(static l => l.Version).Should().Equal("1.0.0");

        host.Gate.Open("run");
        await host.HappensAsync(PluginEventKind.Collected, Name, "1.0.0");
        host.Find(Name)!.Lingering.Should().BeEmpty();
    }

    [Test]
    public async Task A_version_that_has_ended_and_is_still_held_is_a_leak()
    {
        Plugins.Add(Plugin().Source with { Stop = """gate.Block("run"); System.Runtime.InteropServices.GCHandle.Alloc(this);""" });
        await using var host = await StartAsync(Impatient);
        host.LeavesPluginsInMemory = true;

        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Quarantined, Name);
        host.Gate.Open("run");

        await host.HappensAsync(PluginEventKind.Leaked, Name);
        host.Find(Name)!.State.Should().Be(PluginState.Leaked);
        host.Find(Name)!.Lingering.Should().ContainSingle().Which.State.Should().Be(PluginState.Leaked);
    }

    [Test]
    public async Task A_host_stops_though_a_plugin_does_not()
    {
        Plugins.Add(Plugin().Source with { Stop = """gate.Block("run");""" });
        await using var host = await StartAsync(Impatient);

        await host.StopAsync();

        host.Gate.Reached.Should().Contain("run");
        host.Logs.Entries.Should().Contain(static l => l.EventId == 1601 && l.Message.Contains("StopAsync", StringComparison.Ordinal));
    }

    private static void Impatient(PluginHostOptions options)
    {
        options.Activation.StopDeadline = TimeSpan.FromMilliseconds(200);
        options.Unloading.DrainDeadline = TimeSpan.FromMilliseconds(100);
        options.Unloading.CancelDeadline = TimeSpan.FromMilliseconds(100);
        options.Unloading.MaxCollections = 3;
    }

    private static Runner Plugin() => new(new PluginSource(Name)
    {
        Parameters = "PluginContext context, IGate gate",
        Members = "public object[] All => [context, gate];",
        Types = """public sealed class Blocker(IGate gate) : IDisposable { public void Dispose() => gate.Block("run"); }""",
    });

    /// <summary>A plugin, and where it must be before it is removed.</summary>
    private sealed record Runner(PluginSource Source)
    {
        public string? Start { init => Source = Source with { Start = value }; }

        public string? Stop { init => Source = Source with { Stop = value }; }

        public string? Dispose { init => Source = Source with { Dispose = value }; }

        public string? WaitsFor { get; init; }
    }
}
