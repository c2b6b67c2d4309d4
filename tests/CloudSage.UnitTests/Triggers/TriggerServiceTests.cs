using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Triggers;
using static CloudSage.UnitTests.Triggers.TriggerRig;

namespace CloudSage.UnitTests.Triggers;

[CancelAfter(20_000)]
public sealed class TriggerServiceTests
{
    [Test]
    public async Task A_stop_lets_running_and_queued_runs_end(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var plugin = await RunningByScheduleAndEvents(rig, token);

        var stop = rig.Service.StopAsync(token);
        stop.IsCompleted.Should().BeFalse();
        plugin.Release();
        plugin.Release();
        plugin.Release();

        var report = await stop;
        report.Cancelled.Should().BeEmpty();
        report.Dropped.Should().Be(0);
        rig.Runner.RecentRuns.Select(r => r.Status).Should().Equal(Enumerable.Repeat(PluginRunStatus.Succeeded, 3));
    }

    [Test]
    public async Task At_the_deadline_runs_are_cancelled_the_queue_is_dropped_and_both_are_reported(CancellationToken token)
    {
        using var rig = new TriggerRig();
        using var deadline = new CancellationTokenSource();
        await RunningByScheduleAndEvents(rig, token);
        var manual = rig.Runner.RunAsync("p", new PluginRunRequest(), token);

        var stop = rig.Service.StopAsync(deadline.Token);
        stop.IsCompleted.Should().BeFalse();
        await deadline.CancelAsync();

        var report = await stop;
        report.Cancelled.Should().HaveCount(3).And.OnlyContain(r => r.Plugin == "p" && r.Status == PluginRunStatus.Cancelled);
        report.Dropped.Should().Be(1);
        (await manual).Message.Should().Contain("host stopped");
    }

    [Test]
    public async Task A_deadline_that_has_passed_already_cancels_at_once(CancellationToken token)
    {
        using var rig = new TriggerRig();
        await RunningByScheduleAndEvents(rig, token);

        var report = await rig.Service.StopAsync(new CancellationToken(canceled: true));

        report.Cancelled.Should().HaveCount(2);
    }

    [Test]
    public async Task After_a_stop_nothing_is_taken_any_more(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeCommandHandler());
        rig.Service.Apply([Active("p", Schedule("* * * * *"), new ManifestTrigger { Event = "e" })]);
        await rig.Service.StartAsync(token);
        await rig.Service.StopAsync(token);

        rig.Time.Advance(TimeSpan.FromMinutes(1));
        rig.Bus.Publish(new SystemEvent("e", rig.Time.GetUtcNow())).Should().BeFalse();
        var manual = await rig.Runner.RunAsync("p", new PluginRunRequest(), token);

        manual.Status.Should().Be(PluginRunStatus.Refused);
        manual.Finding!.Code.Should().Be(TriggerCodes.HostStopping);
        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().ContainSingle();
    }

    [Test]
    public void Options_that_cannot_work_are_refused_by_name()
    {
        var validation = new TriggerOptionsValidation();

        validation.Validate(null, new TriggerOptions()).Succeeded.Should().BeTrue();
        var result = validation.Validate(null, new TriggerOptions
        {
            QueueCapacity = 0, MisfireGrace = TimeSpan.Zero, RunDeadline = TimeSpan.FromDays(31), RecentRuns = -1,
        });
        result.Failures.Should().HaveCount(4);
    }

    /// <summary>One run by schedule, one by an event, and one more event in the queue.</summary>
    private static async Task<BlockingCommandHandler> RunningByScheduleAndEvents(TriggerRig rig, CancellationToken token)
    {
        var plugin = new BlockingCommandHandler();
        rig.Broker.Put("p", plugin);
        rig.Service.Apply([Active("p", Schedule("* * * * *"), new ManifestTrigger { Event = "e" })]);
        await rig.Service.StartAsync(token);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        await plugin.Calls.ReadAsync(token);
        rig.Bus.Publish(new SystemEvent("e", rig.Time.GetUtcNow()));
        await plugin.Calls.ReadAsync(token);
        rig.Bus.Publish(new SystemEvent("e", rig.Time.GetUtcNow()));
        return plugin;
    }
}
