using System.Runtime.CompilerServices;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Runtimes;
using CloudSage.UnitTests.Brokering;
using CloudSage.UnitTests.Triggers;
using static CloudSage.UnitTests.Lifecycle.FakeRunning;
using static CloudSage.UnitTests.Resolution.Descriptors;

namespace CloudSage.UnitTests.Lifecycle;

[CancelAfter(60_000)]
public sealed class PluginCoordinatorTests
{
    [Test]
    public async Task A_plugin_is_added_and_upgraded_and_its_events_come_when_table_and_status_show_it(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        await rig.PutAsync(Version("a"), test);
        await rig.NextAsync(PluginEventKind.Added);
        rig.Host.Find("a")!.State.Should().Be(PluginState.Active);
        rig.Table.Find(typeof(IProbe), "a")!.Version.Should().Be("1.0.0");

        await rig.PutAsync(Version("a", "2.0.0"), test);
        (await rig.NextAsync(PluginEventKind.Upgraded)).Version.Should().Be("2.0.0");
        rig.Table.Find(typeof(IProbe), "a")!.Version.Should().Be("2.0.0");
        rig.Host.Find("a")!.Version.Should().Be("2.0.0");
    }

    [Test]
    public async Task To_go_back_to_an_older_version_is_called_so(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        await rig.PutAsync(Version("a", "1.10.0"), test);
        await rig.PutAsync(Version("a", "1.9.0"), test);
        (await rig.NextAsync(PluginEventKind.Upgraded)).Message.Should().StartWith("a downgraded from 1.10.0 to 1.9.0 (");
        await rig.PutAsync(Version("a", "1.11.0"), test);
        (await rig.NextAsync(PluginEventKind.Upgraded)).Message.Should().StartWith("a upgraded from 1.9.0 to 1.11.0 (");
    }

    [Test]
    public async Task What_is_granted_while_a_plugin_fails_for_want_of_it_is_not_missed(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        rig.Starting = (d, _) =>
        {
            if (rig.Started.Count > 1) return Task.FromResult(new RuntimeStart(new FakeRunning(d), []));
            rig.Get<CoordinatorMailbox>().Post(() => rig.Get<PluginRegister>().TryAgain(null));
            return Task.FromResult(new RuntimeStart(null, [Finding.Error("CSG1604", "Not granted.", "Grant it.")]));
        };
        await rig.PutAsync(Version("a"), test);
        await rig.NextAsync(PluginEventKind.Added);
        rig.Started.Should().HaveCount(2);
    }

    [Test]
    public async Task What_failed_for_another_reason_is_not_tried_again_for_a_grant(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        rig.Starting = static (_, _) => Task.FromResult(new RuntimeStart(null, [Finding.Error("CSG1603", "Not declared.", "Declare it.")]));
        await rig.PutAsync(Version("a"), test);
        rig.Get<CoordinatorMailbox>().Post(() => rig.Get<PluginRegister>().TryAgain(null));
        await rig.IdleAsync(test);
        rig.Started.Should().HaveCount(1);
    }

    [Test]
    public async Task An_old_version_closes_only_when_the_table_shows_the_new_one(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        string? seen = null;
        rig.Starting = (d, _) => Task.FromResult(new RuntimeStart(new FakeRunning(d)
        {
            Stop = () => { seen = rig.Table.Find(typeof(IProbe), "a")?.Version; return Task.CompletedTask; },
        }, []));
        await rig.PutAsync(Version("a"), test);
        await rig.PutAsync(Version("a", "2.0.0"), test);
        seen.Should().Be("2.0.0");
        await rig.StopAsync();
        seen.Should().BeNull("at the stop nothing takes its place");
    }

    [Test]
    public async Task A_version_that_was_replaced_is_kept_by_nobody(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        var running = new List<WeakReference>();
        rig.Starting = (d, _) => Task.FromResult(Start(d, running));
        for (var version = 1; version <= 4; version++) await rig.PutAsync(Version("a", $"{version}.0.0"), test);
        await Eventually.Is(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return running.Count(static r => r.IsAlive) == 1;
        }, test);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static RuntimeStart Start(PluginHost.Verification.PluginDescriptor d, List<WeakReference> all)
        {
            var plugin = new FakeRunning(d);
            all.Add(new WeakReference(plugin));
            return new RuntimeStart(plugin, []);
        }
    }

    [Test]
    public async Task A_version_that_fails_to_start_leaves_the_old_one_serving_and_is_not_tried_again(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        await rig.PutAsync(Version("a"), test);
        rig.Starting = static (_, _) => Task.FromResult(new RuntimeStart(null, [Finding.Error("CSG1606", "no", "mend")]));
        await rig.PutAsync(Version("a", "2.0.0"), test);
        (await rig.NextAsync(PluginEventKind.UpgradeFailed)).Message.Should().Contain("1.0.0 goes on serving").And.Contain("CSG1606");
        await rig.IdleAsync(test);
        rig.Started.Should().HaveCount(2);
        rig.Table.Find(typeof(IProbe), "a")!.Version.Should().Be("1.0.0");

        rig.Starting = static (d, _) => Task.FromResult(new RuntimeStart(new FakeRunning(d), []));
        await rig.Coordinator.ExecuteAsync(static c => c.Retry("a"), rescan: false, test);
        await rig.NextAsync(PluginEventKind.Upgraded);
    }

    [Test]
    public async Task A_runtime_that_throws_is_a_failure_of_the_host_and_the_loop_goes_on(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        rig.Starting = static (_, _) => throw new NotSupportedException("defect");
        await rig.PutAsync(Version("a"), test);
        rig.Host.Find("a")!.Should().BeEquivalentTo(new { State = PluginState.Faulted });
        rig.Host.Find("a")!.Findings.Should().ContainSingle(static f => f.Code == "CSG1904");
        rig.Starting = static (d, _) => Task.FromResult(new RuntimeStart(new FakeRunning(d), []));
        await rig.PutAsync(Version("b"), test);
        rig.Host.Find("b")!.State.Should().Be(PluginState.Active);
    }

    [Test]
    public async Task A_message_that_throws_stops_neither_the_next_message_nor_the_loop(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        rig.Get<CoordinatorMailbox>().Post(static () => throw new InvalidOperationException("defect"));
        (await rig.IdleAsync(test)).Should().BeTrue();
        await rig.PutAsync(Version("a"), test);
        await rig.StopAsync();
    }

    [Test]
    public async Task An_operation_that_throws_does_not_keep_the_host_from_stopping(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        rig.Get<CoordinatorMailbox>().Post(() => rig.Get<CoordinatorMailbox>().Launch(static () => throw new InvalidOperationException("defect")));
        await rig.IdleAsync(test);
        await rig.StopAsync().WaitAsync(test);
    }

    [Test]
    public async Task After_the_stop_commands_are_answered_and_not_carried_out(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        await rig.PutAsync(Version("a"), test);
        await rig.StopAsync();
        await rig.Host.SynchronizeAsync(test);
        (await rig.Host.DisableAsync("a", test)).Succeeded.Should().BeFalse();
        (await rig.Host.EnableAsync("a", test)).Succeeded.Should().BeFalse();
        (await rig.Host.RetryAsync("a", test)).Succeeded.Should().BeFalse();
    }

    [Test]
    public async Task A_stop_retires_everything_dependents_first(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        var stopped = new List<string>();
        rig.Starting = (d, _) => Task.FromResult(new RuntimeStart(new FakeRunning(d) { Stop = () => { lock (stopped) stopped.Add(d.Name); return Task.CompletedTask; } }, []));
        await rig.PutAsync(Version("a"), test);
        await rig.PutAsync(Version("b", needs: Needs("a")), test);
        await rig.StopAsync();
        stopped.Should().Equal("b", "a");
        rig.Table.Targets.Should().BeEmpty();
    }

    [Test]
    public async Task A_disabled_plugin_goes_and_comes_back_and_the_decision_is_kept(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        await rig.PutAsync(Version("a"), test);
        (await rig.Host.DisableAsync("a", test)).Succeeded.Should().BeTrue();
        rig.Host.Find("a")!.State.Should().Be(PluginState.Disabled);
        rig.Table.Targets.Should().BeEmpty();
        new StateFile(rig.File("state")).Read().Disabled.Should().Equal("a");
        (await rig.Host.EnableAsync("a", test)).Succeeded.Should().BeTrue();
        rig.Host.Find("a")!.State.Should().Be(PluginState.Active);
    }

    [Test]
    public async Task What_is_disabled_and_under_quarantine_needs_both_lifted(CancellationToken test)
    {
        await using var rig = new CoordinatorRig();
        new StateFile(rig.File("state")).Change(static s => s.WithDisabled("a", true).WithQuarantine("a", new Quarantine("1.0.0", "h", "it died", default)));
        rig.Run();
        await rig.PutAsync(Version("a"), test);
        rig.Host.Find("a")!.State.Should().Be(PluginState.Disabled);
        rig.Host.Find("a")!.Findings.Select(static f => f.Code).Should().Contain("CSG1901").And.Contain("CSG1902");

        var enabled = await rig.Host.EnableAsync("a", test);
        enabled.Succeeded.Should().BeFalse();
        enabled.Message.Should().Contain("Quarantined");
        (await rig.NextAsync(PluginEventKind.Enabled)).State.Should().Be(PluginState.Quarantined);
        rig.Host.Find("a")!.State.Should().Be(PluginState.Quarantined);
        rig.Started.Should().BeEmpty();
    }

    [Test]
    public async Task What_a_plugin_says_cannot_forge_a_line_or_steer_a_terminal(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        rig.Starting = static (_, _) => Task.FromResult(new RuntimeStart(null, [Finding.Error("CSG1606", "\u001b[2Jgone\r\nforged", "mend")]));
        await rig.PutAsync(Version("a"), test);
        var told = await rig.NextAsync(PluginEventKind.Faulted);
        told.Message.Should().NotContainAny("\u001b", "\r", "\n").And.Contain("forged");
        rig.Log.GetSnapshot().Should().Contain(r => r.Message.Contains("forged")).And.NotContain(r => r.Message.Contains('\u001b'));
    }

    [Test]
    public async Task A_breaker_that_opens_makes_the_plugin_faulted_until_it_closes(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        var running = new FakeRunning(Version("a"), new BrokerOptions { FaultThreshold = 1 });
        rig.Starting = (_, _) => Task.FromResult(new RuntimeStart(running, []));
        await rig.PutAsync(running.Descriptor, test);
        running.Target.CountFailed(CallStatus.Faulted, null);
        await rig.NextAsync(PluginEventKind.Faulted);
        rig.Host.Find("a")!.State.Should().Be(PluginState.Faulted);
        running.Target.Breaker.Succeeded();
        await rig.NextAsync(PluginEventKind.Recovered);
        rig.Host.Find("a")!.State.Should().Be(PluginState.Active);
    }

    [Test]
    public async Task A_start_that_is_under_way_when_the_host_stops_is_given_up_at_the_deadline(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        var entered = new TaskCompletionSource();
        rig.Starting = async (_, token) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException("never");
        };
        var put = rig.PutAsync(Version("a"), test);
        await entered.Task.WaitAsync(test);
        using var deadline = new CancellationTokenSource();
        var stop = rig.StopByAsync(deadline.Token);
        await deadline.CancelAsync();
        await stop.WaitAsync(test);
        await put;
    }
}
