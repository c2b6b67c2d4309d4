using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Commands;
using static CloudSage.UnitTests.Triggers.TriggerRig;

namespace CloudSage.UnitTests.Triggers;

/// <summary>The clock starts on 2026-01-05 at 12:00 UTC.</summary>
[CancelAfter(20_000)]
public sealed class ScheduleTriggerTests
{
    private const string Skipped = "cloudsage.plugins.schedule.skipped";
    private const string Missed = "cloudsage.plugins.schedule.missed";
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_due_schedule_runs_its_command_with_the_due_time_not_the_time_of_its_turn(CancellationToken token)
    {
        using var rig = Started(out var plugin, Schedule("30 12 * * *", command: "report"));

        rig.Time.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(5));

        var call = await plugin.Calls.ReadAsync(token);
        call.Command.Should().Be("report");
        call.DueAt.Should().Be(Noon.AddMinutes(30));
        call.Trigger.Should().Be(new CommandTrigger(TriggerKind.Schedule, "30 12 * * *"));
        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().ContainSingle().Which.Status.Should().Be(PluginRunStatus.Succeeded);
    }

    [Test]
    public async Task Nothing_runs_before_its_time_nor_before_the_start_of_the_host(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeCommandHandler());
        rig.Service.Apply([Active("p", Schedule("* * * * *"))]);
        rig.Time.Advance(TimeSpan.FromMinutes(3));
        await rig.Service.StartAsync(token);
        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().HaveCount(1, "the last of the three is within the grace");

        rig.Time.Advance(TimeSpan.FromSeconds(59));

        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().HaveCount(1);
    }

    [Test]
    public async Task It_goes_on_run_after_run(CancellationToken token)
    {
        using var rig = Started(out var plugin, Schedule("* * * * *"));

        for (var minute = 1; minute <= 25; minute++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
            (await plugin.Calls.ReadAsync(token)).DueAt.Should().Be(Noon.AddMinutes(minute));
            await rig.Schedules.WhenIdle();
        }
    }

    [Test]
    public async Task A_time_further_away_than_the_longest_sleep_is_kept_to_the_second(CancellationToken token)
    {
        using var rig = Started(out var plugin, Schedule("0 9 1 6 *", "Europe/Berlin"));
        var due = new DateTimeOffset(2026, 6, 1, 7, 0, 0, TimeSpan.Zero);

        while (rig.Time.GetUtcNow() < due - ScheduleTrigger.MaxSleep) rig.Time.Advance(ScheduleTrigger.MaxSleep);
        rig.Time.Advance(due - rig.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().BeEmpty();
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        (await plugin.Calls.ReadAsync(token)).DueAt.Should().Be(due);
    }

    [Test]
    public async Task An_upgrade_of_the_plugin_keeps_the_next_time_and_the_new_version_runs(CancellationToken token)
    {
        using var rig = Started(out _, Schedule("0 * * * *"));
        rig.Time.Advance(TimeSpan.FromMinutes(59));
        var before = rig.Schedules.Upcoming;
        var upgraded = new FakeCommandHandler();

        rig.Broker.Put("p", upgraded, "2.0.0");
        rig.Service.Apply([Active("p", Schedule("0 * * * *"))]);

        rig.Schedules.Upcoming.Should().Equal(before);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        (await upgraded.Calls.ReadAsync(token)).DueAt.Should().Be(Noon.AddHours(1));
        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().ContainSingle().Which.Version.Should().Be("2.0.0");
    }

    [Test]
    public void A_changed_expression_is_another_schedule_and_a_removed_plugin_has_none()
    {
        using var rig = Started(out _, Schedule("0 * * * *"));

        rig.Service.Apply([Active("p", Schedule("30 * * * *"))]);
        rig.Schedules.Upcoming.Should().ContainSingle().Which.DueAt.Should().Be(Noon.AddMinutes(30));

        rig.Service.Apply([]);
        rig.Schedules.Upcoming.Should().BeEmpty();
    }

    [Test]
    public async Task A_plugin_that_comes_back_within_the_grace_runs_the_one_time_it_missed(CancellationToken token)
    {
        using var rig = Started(out var plugin, Schedule("0 * * * *"));
        rig.Time.Advance(TimeSpan.FromMinutes(59) + TimeSpan.FromSeconds(50));
        rig.Service.Apply([]);
        rig.Time.Advance(TimeSpan.FromSeconds(40));

        rig.Service.Apply([Active("p", Schedule("0 * * * *"))]);

        (await plugin.Calls.ReadAsync(token)).DueAt.Should().Be(Noon.AddHours(1));
        rig.Counted(Missed).Should().Be(0);
    }

    [Test]
    public async Task A_plugin_that_comes_back_after_the_grace_catches_nothing_up()
    {
        using var rig = Started(out _, Schedule("0 * * * *"));
        rig.Time.Advance(TimeSpan.FromMinutes(59));
        rig.Service.Apply([]);
        rig.Time.Advance(TimeSpan.FromMinutes(5));

        rig.Service.Apply([Active("p", Schedule("0 * * * *"))]);

        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().BeEmpty();
        rig.Schedules.Upcoming.Should().ContainSingle().Which.DueAt.Should().Be(Noon.AddHours(2));
    }

    [Test]
    public async Task Times_that_passed_while_the_machine_slept_run_once_if_the_last_is_within_the_grace(CancellationToken token)
    {
        using var rig = Started(out var plugin, Schedule("*/10 * * * *"));

        rig.Time.Advance(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(30));

        (await plugin.Calls.ReadAsync(token)).DueAt.Should().Be(Noon.AddHours(3));
        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().HaveCount(1);
        rig.Counted(Missed).Should().Be(1);
    }

    [Test]
    public async Task Times_that_passed_longer_ago_than_the_grace_are_counted_and_not_caught_up(CancellationToken token)
    {
        using var rig = Started(out var plugin, Schedule("*/10 * * * *"));

        rig.Time.Advance(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(61));
        await rig.Schedules.WhenIdle();

        rig.Runner.RecentRuns.Should().BeEmpty();
        rig.Counted(Missed).Should().Be(1);
        rig.Time.Advance(TimeSpan.FromSeconds(539));
        (await plugin.Calls.ReadAsync(token)).DueAt.Should().Be(Noon.AddHours(3).AddMinutes(10));
    }

    [Test]
    public async Task A_run_that_is_due_while_the_previous_one_runs_is_skipped_and_counted(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var plugin = new BlockingCommandHandler();
        await Start(rig, plugin, Schedule("* * * * *"));
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        await plugin.Calls.ReadAsync(token);

        rig.Time.Advance(TimeSpan.FromMinutes(1));
        rig.Time.Advance(TimeSpan.FromMinutes(1));

        rig.Counted(Skipped).Should().Be(2);
        plugin.Release();
        await rig.Schedules.WhenIdle();
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        (await plugin.Calls.ReadAsync(token)).DueAt.Should().Be(Noon.AddMinutes(4));
        plugin.Release();
        await rig.Schedules.WhenIdle();
        rig.Runner.RecentRuns.Should().HaveCount(2);
    }

    [Test]
    public async Task A_manual_run_counts_as_the_previous_run_too(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var plugin = new BlockingCommandHandler();
        await Start(rig, plugin, Schedule("* * * * *"));
        var manual = rig.Runner.RunAsync("p", new PluginRunRequest(), token);
        await plugin.Calls.ReadAsync(token);

        rig.Time.Advance(TimeSpan.FromMinutes(1));

        rig.Counted(Skipped).Should().Be(1);
        plugin.Release();
        (await manual).Succeeded.Should().BeTrue();
    }

    [Test]
    public async Task A_slow_plugin_delays_no_other(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var (slow, quick) = (new BlockingCommandHandler(), new FakeCommandHandler());
        rig.Broker.Put("slow", slow);
        rig.Broker.Put("quick", quick);
        rig.Service.Apply([Active("slow", Schedule("* * * * *")), Active("quick", Schedule("* * * * *"))]);
        await rig.Service.StartAsync(token);

        for (var minute = 1; minute <= 3; minute++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
            (await quick.Calls.ReadAsync(token)).DueAt.Should().Be(Noon.AddMinutes(minute));
            await Eventually.Is(() => rig.Runner.RecentRuns.Count == minute && !rig.Gate.IsRunning("quick"), token);
        }

        slow.Release();
        await rig.Schedules.WhenIdle();
    }

    [Test]
    public async Task Schedules_of_one_plugin_due_at_the_same_moment_run_one_after_another(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var plugin = new BlockingCommandHandler();
        await Start(rig, plugin, Schedule("0 * * * *", command: "first"), Schedule("0 13 * * *", command: "second"));
        rig.Time.Advance(TimeSpan.FromHours(1));

        (await plugin.Calls.ReadAsync(token)).Command.Should().Be("first");
        plugin.Calls.TryRead(out _).Should().BeFalse();
        plugin.Release();
        (await plugin.Calls.ReadAsync(token)).Command.Should().Be("second");
        plugin.Release();
        await rig.Schedules.WhenIdle();
        rig.Counted(Skipped).Should().Be(0);
    }

    [Test]
    public async Task A_run_that_fails_leaves_the_schedule_in_place(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var plugin = new FakeCommandHandler(static (_, _) => throw new InvalidOperationException("no"));
        await Start(rig, plugin, Schedule("* * * * *"));
        for (var minute = 0; minute < 2; minute++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
            await plugin.Calls.ReadAsync(token);
            await rig.Schedules.WhenIdle();
        }

        rig.Runner.RecentRuns.Select(r => r.Status).Should().Equal(PluginRunStatus.Faulted, PluginRunStatus.Faulted);
    }

    [Test]
    public void Apply_UnusableSchedules_AreReturnedAndTheOthersKept()
    {
        using var rig = new TriggerRig();

        var findings = rig.Service.Apply([Active("p", Schedule("nonsense"), Schedule("0 * * * *"), Schedule("0 0 30 2 *"), Schedule("0 0 * * *", "No/Where"))]);

        findings["p"].Select(f => f.Code).Should().Equal(TriggerCodes.ScheduleInvalid, TriggerCodes.ScheduleNeverDue, TriggerCodes.TimeZoneUnknown);
        findings["p"].Should().OnlyContain(f => f.Severity == PluginHost.FindingSeverity.Warning);
        rig.Schedules.Upcoming.Should().ContainSingle();
    }

    private static TriggerRig Started(out FakeCommandHandler plugin, params ManifestTrigger[] triggers)
    {
        var rig = new TriggerRig();
        plugin = new FakeCommandHandler();
        rig.Broker.Put("p", plugin);
        rig.Service.Apply([Active("p", triggers)]);
        rig.Schedules.Start();
        return rig;
    }

    private static Task Start(TriggerRig rig, ICommandHandler plugin, params ManifestTrigger[] triggers)
    {
        rig.Broker.Put("p", plugin);
        rig.Service.Apply([Active("p", triggers)]);
        return rig.Service.StartAsync(CancellationToken.None);
    }
}
