using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Commands;
using static CloudSage.UnitTests.Triggers.TriggerRig;

namespace CloudSage.UnitTests.Triggers;

[CancelAfter(20_000)]
public sealed class PluginRunnerTests
{
    [Test]
    public async Task A_command_handler_executes_the_command_and_its_answer_comes_back(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var plugin = new FakeCommandHandler(static (_, _) => ValueTask.FromResult(
            new CommandResult(true, "3 files") { Output = new Dictionary<string, string> { ["files"] = "3" } }));
        rig.Broker.Put("p", plugin, "1.2.0");

        var result = await rig.Runner.RunAsync("p", new PluginRunRequest { Command = "export", Input = Input("day", "monday") }, token);

        result.Should().BeEquivalentTo(new { Plugin = "p", Version = "1.2.0", Command = "export", Status = PluginRunStatus.Succeeded, Message = "3 files" });
        result.Output.Should().ContainKey("files").WhoseValue.Should().Be("3");
        result.Trigger.Kind.Should().Be(TriggerKind.Manual);
        var call = await plugin.Calls.ReadAsync(token);
        call.ExecutionId.Should().Be(result.ExecutionId);
        call.Input["day"].Should().Be("monday");
        rig.Runner.RecentRuns.Should().ContainSingle().Which.Should().BeSameAs(result);
        rig.Counted("cloudsage.plugins.runs").Should().Be(1);
    }

    [Test]
    public async Task What_the_command_puts_out_is_copied_and_cut(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var output = Enumerable.Range(0, 100).ToDictionary(i => $"key{i:00}", _ => new string('x', 10_000));
        rig.Broker.Put("p", new FakeCommandHandler((_, _) => ValueTask.FromResult(new CommandResult(true, new string('m', 5_000)) { Output = output })));

        var result = await rig.Runner.RunAsync("p", new PluginRunRequest(), token);

        result.Output.Should().NotBeSameAs(output).And.HaveCount(RunText.MaxEntries);
        result.Output.Values.Should().OnlyContain(v => v.Length == RunText.MaxValue);
        result.Message.Should().HaveLength(RunText.MaxMessage);
    }

    [Test]
    public async Task A_command_that_answers_no_is_failed_and_one_that_throws_is_faulted(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("no", new FakeCommandHandler(static (_, _) => ValueTask.FromResult(new CommandResult(false, "no data"))));
        rig.Broker.Put("throws", new FakeCommandHandler(static (_, _) => throw new InvalidOperationException("broken")));

        (await rig.Runner.RunAsync("no", new PluginRunRequest(), token)).Should().BeEquivalentTo(new { Status = PluginRunStatus.Failed, Message = "no data" });
        var faulted = await rig.Runner.RunAsync("throws", new PluginRunRequest(), token);
        faulted.Status.Should().Be(PluginRunStatus.Faulted);
        faulted.Fault!.ExceptionType.Should().Be("System.InvalidOperationException");
    }

    [Test]
    public async Task Without_a_command_handler_the_extension_points_run_and_count(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeFinder(resources: 12, recommendations: 3));

        var result = await rig.Runner.RunAsync("p", new PluginRunRequest(), token);

        result.Succeeded.Should().BeTrue();
        result.Output.Should().BeEquivalentTo(new Dictionary<string, string> { ["resources"] = "12", ["recommendations"] = "3" });
        result.Message.Should().Be("12 resources; 3 recommendations");
    }

    [Test]
    public async Task The_first_step_that_does_not_succeed_ends_the_run(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeFinder(resources: 2, recommendations: 3, scanFails: true));

        var result = await rig.Runner.RunAsync("p", new PluginRunRequest(), token);

        result.Status.Should().Be(PluginRunStatus.Faulted);
        result.Output.Should().ContainKey("resources").And.NotContainKey("recommendations");
    }

    [Test]
    public async Task A_run_ends_at_its_deadline(CancellationToken token)
    {
        using var rig = new TriggerRig(new TriggerOptions { RunDeadline = TimeSpan.FromMinutes(2) });
        var plugin = new BlockingCommandHandler();
        rig.Broker.Put("p", plugin);
        var byOptions = rig.Runner.RunAsync("p", new PluginRunRequest(), token);
        var byRequest = rig.Runner.RunAsync("p", new PluginRunRequest { Deadline = TimeSpan.FromMinutes(1) }, token);
        await plugin.Calls.ReadAsync(token);
        await plugin.Calls.ReadAsync(token);

        rig.Time.Advance(TimeSpan.FromMinutes(1));
        (await byRequest).Status.Should().Be(PluginRunStatus.TimedOut);
        byOptions.IsCompleted.Should().BeFalse();

        rig.Time.Advance(TimeSpan.FromMinutes(1));
        var result = await byOptions;
        result.Status.Should().Be(PluginRunStatus.TimedOut);
        (result.EndedAt - result.StartedAt).Should().Be(TimeSpan.FromMinutes(2));
    }

    [Test]
    public async Task A_caller_who_gives_up_cancels_the_run(CancellationToken token)
    {
        using var rig = new TriggerRig();
        using var caller = new CancellationTokenSource();
        var plugin = new BlockingCommandHandler();
        rig.Broker.Put("p", plugin);
        var run = rig.Runner.RunAsync("p", new PluginRunRequest(), caller.Token);
        await plugin.Calls.ReadAsync(token);

        await caller.CancelAsync();

        (await run).Status.Should().Be(PluginRunStatus.Cancelled);
        rig.Gate.IsRunning("p").Should().BeFalse();
    }

    [Test]
    public async Task A_plugin_that_is_not_there_and_one_that_has_nothing_to_run_are_told_apart(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("handler", new FakeAlertHandler());
        rig.Service.Apply([Active("handler")]);

        var gone = await rig.Runner.RunAsync("gone", new PluginRunRequest(), token);
        var idle = await rig.Runner.RunAsync("handler", new PluginRunRequest(), token);

        gone.Should().BeEquivalentTo(new { Status = PluginRunStatus.Unavailable, Finding = new { Code = TriggerCodes.PluginNotActive } });
        idle.Should().BeEquivalentTo(new { Status = PluginRunStatus.Unavailable, Finding = new { Code = TriggerCodes.NothingToRun } });
    }

    [Test]
    public async Task A_program_needs_the_leave_of_a_manifest_that_declares_triggers_and_an_operator_never_does(CancellationToken token)
    {
        using var rig = new TriggerRig();
        foreach (var name in new[] { "silent", "closed", "open" }) rig.Broker.Put(name, new FakeCommandHandler());
        rig.Service.Apply([Active("silent"), Active("closed", Schedule("0 0 * * *")), Active("open", Schedule("0 0 * * *"), new ManifestTrigger { Api = true })]);

        (await Run("silent", TriggerKind.Api)).Succeeded.Should().BeTrue();
        (await Run("open", TriggerKind.Api)).Succeeded.Should().BeTrue();
        (await Run("closed", TriggerKind.Manual)).Succeeded.Should().BeTrue();
        var refused = await Run("closed", TriggerKind.Api);
        refused.Status.Should().Be(PluginRunStatus.Refused);
        refused.Finding!.Code.Should().Be(TriggerCodes.ApiNotAllowed);

        Task<PluginRunResult> Run(string plugin, TriggerKind kind) => rig.Runner.RunAsync(plugin, new PluginRunRequest { Kind = kind }, token);
    }

    [Test]
    public async Task The_manifest_names_the_command_where_the_request_does_not(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeCommandHandler());
        rig.Service.Apply([Active("p", new ManifestTrigger { Manual = true, Command = "by-hand" }, new ManifestTrigger { Api = true, Command = "by-program" })]);

        (await rig.Runner.RunAsync("p", new PluginRunRequest(), token)).Command.Should().Be("by-hand");
        (await rig.Runner.RunAsync("p", new PluginRunRequest { Kind = TriggerKind.Api }, token)).Command.Should().Be("by-program");
        (await rig.Runner.RunAsync("p", new PluginRunRequest { Command = "other" }, token)).Command.Should().Be("other");
    }

    [Test]
    public async Task Only_manual_and_api_runs_can_be_asked_for()
    {
        using var rig = new TriggerRig();

        var act = () => rig.Runner.RunAsync("p", new PluginRunRequest { Kind = TriggerKind.Schedule }, CancellationToken.None);

        await act.Should().ThrowAsync<ArgumentException>();
    }

    [Test]
    public async Task The_history_is_bounded_and_the_newest_run_comes_first(CancellationToken token)
    {
        using var rig = new TriggerRig(new TriggerOptions { RecentRuns = 2 });
        rig.Broker.Put("p", new FakeCommandHandler());

        foreach (var command in new[] { "a", "b", "c" }) await rig.Runner.RunAsync("p", new PluginRunRequest { Command = command }, token);

        rig.Runner.RecentRuns.Select(r => r.Command).Should().Equal("c", "b");
    }

    [TestCase(AlertDeliveryStatus.Delivered, PluginRunStatus.Succeeded)]
    [TestCase(AlertDeliveryStatus.Skipped, PluginRunStatus.Succeeded)]
    [TestCase(AlertDeliveryStatus.Failed, PluginRunStatus.Failed)]
    [TestCase(AlertDeliveryStatus.Rejected, PluginRunStatus.Failed)]
    public async Task A_delivery_of_an_alert_is_a_run(AlertDeliveryStatus delivery, PluginRunStatus expected)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeAlertHandler(delivery));
        rig.Bus.Publish(Alert()).Should().BeTrue();

        await rig.Service.StopAsync(TestContext.CurrentContext.CancellationToken);

        var run = rig.Runner.RecentRuns.Should().ContainSingle().Subject;
        run.Status.Should().Be(expected);
        run.Trigger.Should().Be(new CommandTrigger(TriggerKind.Alert, "CostSpikeDetected"));
        run.Output["delivery"].Should().Be(delivery.ToString());
    }

    private static Dictionary<string, string> Input(string key, string value) => new() { [key] = value };
}
