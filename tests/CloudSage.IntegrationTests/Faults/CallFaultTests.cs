using CloudSage.PluginHost.Brokering;

namespace CloudSage.IntegrationTests.Faults;

/// <summary>What a plugin may do in a call without harm to the host, to its callers or to its neighbours.</summary>
internal sealed class CallFaultTests : HostTests
{
    private const string Name = "faulty";
    private static readonly CallOptions Short = new() { Deadline = TimeSpan.FromMilliseconds(200) };

    [Test]
    public async Task A_throw_comes_back_as_text_and_the_plugin_still_leaves_memory()
    {
        await using var host = await StartAsync("""throw new CustomException("broken by design");""", "public sealed class CustomException(string m) : Exception(m);");

        var outcome = await host.CallAsync(Name);

        outcome.Status.Should().Be(CallStatus.Faulted);
        outcome.Fault!.Code.Should().Be("CSG1701");
        outcome.Fault.ExceptionType.Should().Be("CustomException");
        outcome.Fault.Message.Should().Be("broken by design");
        outcome.Fault.Detail.Should().Contain("at Plugin.ExecuteAsync");
        host.Find(Name)!.FaultCount.Should().Be(1);
        await NeighbourServesAndPluginLeavesAsync(host);
    }

    [Test]
    public async Task An_exception_that_throws_when_it_is_read_comes_back_as_its_type()
    {
        await using var host = await StartAsync("throw new Hostile();",
            """public sealed class Hostile : Exception { public override string Message => throw new InvalidOperationException(); public override string ToString() => null; }""");

        var outcome = await host.CallAsync(Name);

        outcome.Status.Should().Be(CallStatus.Faulted);
        outcome.Fault!.ExceptionType.Should().Be("Hostile");
        await NeighbourServesAndPluginLeavesAsync(host);
    }

    [Test]
    public async Task A_call_that_ignores_its_token_costs_its_caller_the_deadline_and_keeps_its_lease()
    {
        await using var host = await StartAsync("""await gate.WaitAsync("stuck", CancellationToken.None); return new CommandResult(true);""");

        var outcome = await host.CallAsync(Name, options: Short);

        outcome.Status.Should().Be(CallStatus.TimedOut);
        outcome.Fault!.Code.Should().Be("CSG1702");
        host.Find(Name)!.CallsInFlight.Should().Be(1, "the plugin is still at it");
        host.Gate.Open("stuck");
        await Eventually.TrueAsync(() => host.Find(Name)!.CallsInFlight == 0, "the call ends");
        await NeighbourServesAndPluginLeavesAsync(host);
    }

    [Test]
    public async Task A_call_that_blocks_its_thread_costs_its_caller_the_deadline_and_keeps_its_lease()
    {
        await using var host = await StartAsync("""gate.Block("stuck"); return new CommandResult(true);""");

        var outcome = await host.CallAsync(Name, options: Short);

        outcome.Status.Should().Be(CallStatus.TimedOut);
        host.Find(Name)!.CallsInFlight.Should().Be(1, "the plugin is still at it");
        host.Gate.Open("stuck");
        await NeighbourServesAndPluginLeavesAsync(host);
    }

    [Test]
    public async Task A_call_that_obeys_its_token_ends_at_the_deadline()
    {
        await using var host = await StartAsync("await Task.Delay(Timeout.Infinite, cancellationToken); return null;");

        (await host.CallAsync(Name, options: Short)).Status.Should().Be(CallStatus.TimedOut);

        await Eventually.TrueAsync(() => host.Find(Name)!.CallsInFlight == 0, "the call ends");
        await NeighbourServesAndPluginLeavesAsync(host);
    }

    [Test]
    public async Task A_caller_that_gives_up_is_released_at_once_and_no_fault_is_counted()
    {
        await using var host = await StartAsync("""await gate.WaitAsync("stuck", CancellationToken.None); return new CommandResult(true);""");
        using var giveUp = new CancellationTokenSource();
        var call = host.CallAsync(Name, cancellationToken: giveUp.Token);
        await host.Gate.ReachedAsync("stuck");

        await giveUp.CancelAsync();

        (await call).Status.Should().Be(CallStatus.Cancelled);
        host.Find(Name)!.FaultCount.Should().Be(0);
    }

    [Test]
    public async Task A_call_that_outlasts_drain_and_cancellation_is_left_behind_and_reported()
    {
        await using var host = await StartAsync("""gate.Block("stuck"); return new CommandResult(true);""", options: static o =>
        {
            o.Unloading.DrainDeadline = TimeSpan.FromMilliseconds(100);
            o.Unloading.CancelDeadline = TimeSpan.FromMilliseconds(100);
        });
        var call = host.CallAsync(Name);
        await host.Gate.ReachedAsync("stuck");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Removed, Name);
        var outcome = await call;
        outcome.Status.Should().Be(CallStatus.Cancelled);
        outcome.Fault!.Code.Should().Be("CSG1705");
        host.Logs.Entries.Should().Contain(static l => l.Message.Contains("CSG2001", StringComparison.Ordinal));
        host.Gate.Open("stuck");
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
    }

    [Test]
    public async Task What_a_call_leaves_in_an_AsyncLocal_does_not_reach_the_caller_and_pins_nothing()
    {
        await using var host = await StartAsync("""Local.Value = new object(); return new CommandResult(true);""", members: "private static readonly AsyncLocal<object> Local = new();");

        (await host.CallAsync(Name)).Succeeded.Should().BeTrue();
        (await host.CallAsync(Name, options: new CallOptions { Inline = true })).Succeeded.Should().BeTrue();

        await NeighbourServesAndPluginLeavesAsync(host);
    }

    [Test]
    public async Task An_unobserved_task_exception_is_nobodys_harm()
    {
        await using var host = await StartAsync("""_ = Task.Run(() => throw new InvalidOperationException("nobody looks")); return new CommandResult(true);""");

        (await host.CallAsync(Name)).Succeeded.Should().BeTrue();

        await NeighbourServesAndPluginLeavesAsync(host);
    }

    [Test]
    public async Task A_call_of_a_removed_plugin_is_refused_with_a_reason()
    {
        await using var host = await StartAsync("return new CommandResult(true);");
        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Removed, Name);

        var outcome = await host.CallAsync(Name);

        outcome.Status.Should().Be(CallStatus.Unavailable);
        outcome.Fault!.Code.Should().Be("CSG1704");
    }

    private async Task<PluginHostFixture> StartAsync(
        string execute, string types = "", string members = "", Action<PluginHost.Hosting.PluginHostOptions>? options = null)
    {
        Plugins.Add(new PluginSource(Name)
        {
            Parameters = "IGate gate",
            Execute = execute,
            Members = "public IGate Gate => gate; " + members,
            Types = types,
        });
        Plugins.Add(new PluginSource("neighbour"));
        return await base.StartAsync(options);
    }

    private async Task NeighbourServesAndPluginLeavesAsync(PluginHostFixture host)
    {
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }
}
