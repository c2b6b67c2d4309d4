using CloudSage.PluginHost.Brokering;

namespace CloudSage.IntegrationTests.Faults;

/// <summary>A plugin that fails again and again is Faulted, and serves again when it has recovered.</summary>
internal sealed class BreakerTests : HostTests
{
    private const string Name = "shaky";

    [Test]
    public async Task Repeated_faults_refuse_calls_until_one_that_is_let_through_succeeds()
    {
        Plugins.Add(new PluginSource(Name)
        {
            Execute = """return request.Command == "fail" ? throw new InvalidOperationException("again") : new CommandResult(true, "well");""",
        });
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync(static o =>
        {
            o.Broker.FaultThreshold = 3;
            o.Broker.BreakDuration = TimeSpan.FromSeconds(2);
        });

        for (var i = 0; i < 3; i++) (await host.CallAsync(Name, "fail")).Status.Should().Be(CallStatus.Faulted);

        var refused = await host.CallAsync(Name, "work");
        refused.Status.Should().Be(CallStatus.Unavailable);
        refused.Fault!.Code.Should().Be("CSG1703");
        var status = await host.BecomesAsync(Name, PluginState.Faulted);
        status.LastFault!.Message.Should().Be("again");
        await host.HappensAsync(PluginEventKind.Faulted, Name);
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");

        // Half open: the first call that is let through fails, so it stays open; a later one succeeds and closes it.
        await Eventually.TrueAsync(() => host.CallAsync(Name, "fail").GetAwaiter().GetResult().Status == CallStatus.Faulted, "a trial call is let through");
        (await host.CallAsync(Name, "work")).Status.Should().Be(CallStatus.Unavailable, "the trial failed");
        await Eventually.TrueAsync(() => host.CallAsync(Name, "work").GetAwaiter().GetResult().Succeeded, "a trial call succeeds");
        await host.BecomesAsync(Name, PluginState.Active);
        await host.HappensAsync(PluginEventKind.Recovered, Name);
        (await host.AskAsync(Name, "work")).Should().Be("well");
    }

    [Test]
    public async Task An_upgrade_ends_the_fault()
    {
        Plugins.Add(new PluginSource(Name) { Execute = """throw new InvalidOperationException("again");""" });
        await using var host = await StartAsync(static o => (o.Broker.FaultThreshold, o.Broker.BreakDuration) = (1, TimeSpan.FromHours(1)));
        await host.CallAsync(Name);
        await host.BecomesAsync(Name, PluginState.Faulted);

        Plugins.Swap(new PluginSource(Name) { Version = "1.0.1" }.Build());

        await host.BecomesAsync(Name, PluginState.Active, "1.0.1");
        (await host.AskAsync(Name)).Should().Be("1.0.1");
    }
}
