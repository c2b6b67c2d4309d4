using CloudSage.PluginHost.Brokering;

namespace CloudSage.IntegrationTests.Faults;

/// <summary>What a plugin may do while it starts and stops. Whatever it does, its neighbour serves and it leaves memory.</summary>
internal sealed class LifecycleFaultTests : HostTests
{
    private const string Name = "faulty";

    [TestCase("""throw new InvalidOperationException("bad start");""", "CSG1606", TestName = "A_throw_in_StartAsync_is_Faulted_and_leaves_memory")]
    [TestCase("await Task.Delay(Timeout.Infinite, cancellationToken);", "CSG1607", TestName = "A_hang_in_StartAsync_is_Faulted_at_the_deadline_and_leaves_memory")]
    [TestCase("""gate.Block("start");""", "CSG1607", TestName = "A_block_in_StartAsync_is_Faulted_at_the_deadline_and_leaves_memory_once_it_ends")]
    public async Task Start(string start, string code)
        => await FailsToStartAsync(new PluginSource(Name) { Parameters = "IGate gate", Members = "public IGate Gate => gate;", Start = start }, code);

    [Test]
    public Task A_throwing_static_constructor_is_Faulted_and_leaves_memory() => FailsToStartAsync(
        new PluginSource(Name) { Members = """static Plugin() => throw new InvalidOperationException("static");""" }, "CSG1606");

    [Test]
    public Task A_throwing_constructor_is_Faulted_and_leaves_memory() => FailsToStartAsync(
        new PluginSource(Name) { Members = """public int Broken = int.Parse("not a number");""" }, "CSG1606");

    [Test]
    public Task A_throwing_ConfigureServices_is_Faulted_and_leaves_memory() => FailsToStartAsync(
        new PluginSource(Name)
        {
            Types = """public sealed class Startup : IPluginStartup { public void ConfigureServices(IServiceCollection services, PluginContext context) => throw new InvalidOperationException("services"); }""",
        }, "CSG1606");

    [Test]
    public Task A_throwing_health_check_is_Faulted_and_leaves_memory() => FailsToStartAsync(
        new PluginSource(Name) { Health = """throw new InvalidOperationException("sick");""" }, "CSG1608");

    [Test]
    public Task A_service_that_nobody_registered_is_named() => FailsToStartAsync(
        new PluginSource(Name) { Parameters = "IFormatProvider nobody", Members = "public object Nobody => nobody;" }, "CSG1609", PluginState.Rejected);

    [TestCase("""throw new InvalidOperationException("bad stop");""", TestName = "A_throw_in_StopAsync_is_logged_and_the_plugin_leaves_memory")]
    [TestCase("await Task.Delay(Timeout.Infinite, cancellationToken);", TestName = "A_hang_in_StopAsync_ends_at_the_deadline_and_the_plugin_leaves_memory")]
    public async Task Stop(string stop) => await LeavesAsync(new PluginSource(Name) { Stop = stop });

    [Test]
    public Task A_throw_in_Dispose_is_logged_and_the_plugin_leaves_memory() => LeavesAsync(
        new PluginSource(Name) { Dispose = """throw new InvalidOperationException("bad disposal");""" });

    [Test]
    public Task A_throwing_callback_on_the_stop_token_is_logged_and_the_plugin_leaves_memory() => LeavesAsync(
        new PluginSource(Name)
        {
            Parameters = "PluginContext context",
            Start = """context.Stopping.Register(() => throw new InvalidOperationException("bad callback"));""",
        });

    [Test]
    public async Task A_block_in_StopAsync_is_left_behind_and_the_host_goes_on()
    {
        Plugins.Add(new PluginSource(Name) { Parameters = "IGate gate", Stop = """gate.Block("stop");""" });
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync(static o => o.Activation.StopDeadline = TimeSpan.FromMilliseconds(200));

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Removed, Name);
        host.Logs.Entries.Should().Contain(static l => l.EventId == 1601 && l.Message.Contains("StopAsync", StringComparison.Ordinal));
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
        host.Gate.Open("stop");
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }

    [Test]
    public async Task A_capability_that_is_used_during_disposal_is_denied_and_the_plugin_leaves_memory()
    {
        var alerts = new RecordedAlerts();
        Plugins.Add(new PluginSource(Name)
        {
            Parameters = "IAlertPublisher alerts, IGate gate",
            Manifest = "permissions: [AlertManagement]",
            Dispose = """
                try
                {
                    alerts.PublishAsync(new Alert { AlertId = "1", Type = AlertType.Custom, Severity = AlertSeverity.Info, DedupKey = "d", Title = "t", OccurredAt = DateTimeOffset.UnixEpoch }, default).AsTask().Wait();
                    gate.Reach("published");
                }
                catch (PermissionDeniedException e) { gate.Reach("denied " + e.Permission); }
                """,
        });
        await using var host = await StartAsync(static o => o.Permissions.GrantDeclared = true, alerts.AddTo);
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Collected, Name);
        host.Gate.Reached.Should().Equal("denied AlertManagement");
        alerts.Published.Should().BeEmpty();
        host.Logs.Entries.Should().Contain(static l => l.EventId == 1600, "every denial is audited");
    }

    [Test]
    public async Task A_folder_that_is_removed_while_a_call_runs_drains()
    {
        Plugins.Add(new PluginSource(Name) { Parameters = "IGate gate", Execute = """await gate.WaitAsync("in call", cancellationToken); return new CommandResult(true, "drained");""" });
        await using var host = await StartAsync();
        var call = host.CallAsync(Name);
        await host.Gate.ReachedAsync("in call");

        Plugins.Delete(Name);

        await host.BecomesAsync(Name, PluginState.Draining);
        (await host.CallAsync(Name)).Status.Should().Be(CallStatus.Unavailable, "it takes no new calls");
        host.Gate.Open("in call");
        (await call).Value.Should().Be("drained");
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }

    [Test]
    public async Task A_plugin_that_hangs_in_its_start_delays_no_other()
    {
        for (var i = 0; i < 3; i++)
            Plugins.Add(new PluginSource($"aaa-{i}") { Parameters = "IGate gate", Start = """await gate.WaitAsync("start", cancellationToken);""" });
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync(static o => o.StartupWait = TimeSpan.Zero);

        await host.Gate.ReachedAsync("start", times: 3);
        await host.BecomesAsync("neighbour", PluginState.Active);

        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
        host.Find("aaa-0")!.State.Should().Be(PluginState.Verified);
        host.Gate.Open("start");
        await host.BecomesAsync("aaa-0", PluginState.Active);
    }

    [Test]
    public async Task Stopping_the_host_stops_and_disposes_every_plugin_in_the_order_of_their_dependencies()
    {
        Plugins.Add(new PluginSource("base") { Parameters = "IGate gate", Stop = """gate.Reach("base stopped");""" });
        Plugins.Add(new PluginSource("user")
        {
            Parameters = "IGate gate",
            Stop = """gate.Reach("user stopped");""",
            Dispose = """gate.Reach("user disposed");""",
            Manifest = "dependencies: [{ name: base }]",
        });
        await using var host = await StartAsync();
        host.Find("user")!.State.Should().Be(PluginState.Active);

        await host.StopAsync();

        host.Gate.Reached.Should().Equal("user stopped", "user disposed", "base stopped");
    }

    private async Task FailsToStartAsync(PluginSource plugin, string code, PluginState state = PluginState.Faulted)
    {
        Plugins.Add(plugin);
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync(static o => o.Activation.StartDeadline = TimeSpan.FromSeconds(1));

        var status = host.Find(Name)!;
        status.State.Should().Be(state, host.Describe());
        status.Findings.Should().Contain(f => f.Code == code, host.Describe());
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
        host.Gate.Open("start");
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }

    private async Task LeavesAsync(PluginSource plugin)
    {
        Plugins.Add(plugin);
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync(static o => o.Activation.StopDeadline = TimeSpan.FromMilliseconds(500));
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Removed, Name);
        host.Logs.Entries.Should().Contain(static l => l.EventId == 1601 || l.EventId == 1602);
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
        await host.HappensAsync(PluginEventKind.Collected, Name);
    }
}
