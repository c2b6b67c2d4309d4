using CloudSage.PluginHost;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Verification;
using CloudSage.UnitTests.Brokering;
using CloudSage.UnitTests.Triggers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using static CloudSage.UnitTests.Lifecycle.FakeRunning;
using static CloudSage.UnitTests.Resolution.Descriptors;

namespace CloudSage.UnitTests.Lifecycle;

/// <summary>What came in is examined again when a check judges otherwise, and nothing is loaded anew for it.</summary>
[CancelAfter(60_000)]
public sealed class CandidateReviewTests
{
    private static readonly Finding Bad = Finding.Error("CSG9001", "It is bad.", "Mend it.");

    [Test]
    public async Task A_running_plugin_that_is_refused_goes_on_with_a_warning_until_it_is_clean_again(CancellationToken test)
    {
        var check = new FickleCheck();
        await using var rig = new CoordinatorRig(null, check).Run();
        await rig.PutAsync(Version("a"), test);

        check.Judge(Bad);
        (await rig.NextAsync(PluginEventKind.Reviewed)).Should().BeEquivalentTo(new { Plugin = "a", Version = "1.0.0", State = PluginState.Active });
        var status = rig.Host.Find("a")!;
        status.State.Should().Be(PluginState.Active);
        var finding = status.Findings.Should().ContainSingle().Subject;
        finding.Should().BeEquivalentTo(new { Code = "CSG9001", Severity = FindingSeverity.Warning });
        finding.Message.Should().Contain("It is bad.").And.Contain("goes on serving");

        check.Judge();
        (await rig.NextAsync(PluginEventKind.Reviewed)).Message.Should().Contain("Nothing is found any more");
        rig.Host.Find("a")!.Findings.Should().BeEmpty();
        rig.Started.Should().HaveCount(1);
    }

    [Test]
    public async Task The_same_judgement_is_not_told_twice(CancellationToken test)
    {
        var check = new FickleCheck();
        await using var rig = new CoordinatorRig(null, check).Run();
        await rig.PutAsync(Version("a"), test);
        check.Judge(Bad);
        await rig.NextAsync(PluginEventKind.Reviewed);
        check.Judge(Bad);
        // A review goes on beside the loop.
        await Eventually.Is(() => check.Asked >= 2, test);
        check.Judge();
        (await rig.NextAsync(PluginEventKind.Reviewed)).Message.Should().Contain("Nothing is found any more", "it is the next that was told");
    }

    [Test]
    public async Task A_check_that_withdraws_takes_a_running_plugin_out_of_service(CancellationToken test)
    {
        var check = new FickleCheck { TakesOut = true };
        await using var rig = new CoordinatorRig(null, check).Run();
        await rig.PutAsync(Version("a"), test);
        await rig.PutAsync(Version("b"), test);

        check.Judge("a", Bad);
        (await rig.NextAsync(PluginEventKind.Withdrawn)).Message.Should().Contain("a 1.0.0").And.Contain("CSG9001");
        (await rig.NextAsync(PluginEventKind.Removed)).Should().BeEquivalentTo(new { Plugin = "a", State = PluginState.Rejected });
        await rig.IdleAsync(test);
        rig.Table.Find(typeof(IProbe), "a").Should().BeNull();
        rig.Host.Find("a")!.Findings.Should().Equal(Bad);
        rig.Host.Find("b")!.State.Should().Be(PluginState.Active);
    }

    [Test]
    public async Task A_warning_withdraws_nothing(CancellationToken test)
    {
        var check = new FickleCheck { TakesOut = true };
        await using var rig = new CoordinatorRig(null, check).Run();
        await rig.PutAsync(Version("a"), test);
        check.Judge(Bad with { Severity = FindingSeverity.Warning });
        await rig.NextAsync(PluginEventKind.Reviewed);
        rig.Host.Find("a")!.Findings.Should().ContainSingle().Which.Message.Should().Be("It is bad.");
    }

    [Test]
    public async Task A_plugin_that_does_not_run_is_refused_though_the_check_would_keep_a_running_one(CancellationToken test)
    {
        var check = new FickleCheck();
        await using var rig = new CoordinatorRig(null, check).Run();
        await rig.PutAsync(Version("a"), test);
        await rig.Coordinator.ExecuteAsync(static c => c.Disable("a"), rescan: false, test);

        check.Judge(Bad);
        await rig.NextAsync(PluginEventKind.Rejected);
        await rig.Coordinator.ExecuteAsync(static c => c.Enable("a"), rescan: false, test);
        rig.Host.Find("a")!.Findings.Should().Equal(Bad);
        rig.Started.Should().HaveCount(1);
    }

    [Test]
    public async Task What_was_kept_is_not_let_in_again_once_it_is_out_of_service(CancellationToken test)
    {
        var check = new FickleCheck();
        await using var rig = new CoordinatorRig(null, check).Run();
        await rig.PutAsync(Version("a"), test);
        check.Judge(Bad);
        await rig.NextAsync(PluginEventKind.Reviewed);

        await rig.Coordinator.ExecuteAsync(static c => c.Disable("a"), rescan: false, test);
        await rig.Coordinator.ExecuteAsync(static c => c.Enable("a"), rescan: false, test);

        rig.Host.Find("a")!.Findings.Should().Equal(Bad);
        rig.Table.Find(typeof(IProbe), "a").Should().BeNull();
        rig.Started.Should().HaveCount(1);
    }

    [Test]
    public async Task What_was_kept_is_not_let_in_again_when_it_is_enabled_before_it_has_left(CancellationToken test)
    {
        var check = new FickleCheck();
        await using var rig = new CoordinatorRig(null, check).Run();
        var (stopping, stop) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        rig.Starting = (d, _) => Task.FromResult(new RuntimeStart(new FakeRunning(d) { Stop = () => { stopping.TrySetResult(); return stop.Task; } }, []));
        await rig.PutAsync(Version("a"), test);
        check.Judge(Bad);
        await rig.NextAsync(PluginEventKind.Reviewed);

        rig.Get<CoordinatorMailbox>().Post(() => rig.Get<CoordinatorCommands>().Disable("a"));
        await stopping.Task.WaitAsync(test);
        rig.Get<CoordinatorMailbox>().Post(() => rig.Get<CoordinatorCommands>().Enable("a"));
        stop.SetResult();

        await rig.NextAsync(PluginEventKind.Removed);
        await rig.IdleAsync(test);
        rig.Host.Find("a")!.Findings.Should().Equal(Bad);
        rig.Table.Find(typeof(IProbe), "a").Should().BeNull();
        rig.Started.Should().HaveCount(1);
    }

    [Test]
    public async Task What_was_kept_does_not_come_back_with_what_it_depends_on(CancellationToken test)
    {
        var check = new FickleCheck();
        await using var rig = new CoordinatorRig(null, check).Run();
        await rig.PutAsync(Version("b"), test);
        await rig.PutAsync(Version("a", "1.0.0", null, Needs("b", ">=1.0")), test);
        check.Judge("a", Bad);
        await rig.NextAsync(PluginEventKind.Reviewed);

        await rig.Coordinator.ExecuteAsync(static c => c.Disable("b"), rescan: false, test);
        await rig.Coordinator.ExecuteAsync(static c => c.Enable("b"), rescan: false, test);

        rig.Host.Find("b")!.State.Should().Be(PluginState.Active);
        rig.Host.Find("a")!.Findings.Should().Equal(Bad);
        rig.Table.Find(typeof(IProbe), "a").Should().BeNull();
        rig.Started.Should().HaveCount(3, "a, b, and b once more");
    }

    [Test]
    public async Task What_one_step_keeps_is_still_kept_after_another_has_found_nothing(CancellationToken test)
    {
        var (check, other) = (new FickleCheck(), new FickleCheck { Step = RegistrationStep.Scan });
        await using var rig = new CoordinatorRig(null, check, other).Run();
        await rig.PutAsync(Version("a"), test);
        check.Judge(Bad);
        await rig.NextAsync(PluginEventKind.Reviewed);
        other.Judge(Bad with { Code = "CSG9003" });
        await rig.NextAsync(PluginEventKind.Reviewed);
        other.Judge();
        await rig.NextAsync(PluginEventKind.Reviewed);

        await rig.Coordinator.ExecuteAsync(static c => c.Disable("a"), rescan: false, test);
        await rig.Coordinator.ExecuteAsync(static c => c.Enable("a"), rescan: false, test);

        rig.Host.Find("a")!.Findings.Should().Equal(Bad);
        rig.Table.Find(typeof(IProbe), "a").Should().BeNull();
    }

    [Test]
    public async Task A_change_during_an_examination_is_not_lost(CancellationToken test)
    {
        var check = new FickleCheck();
        await using var rig = new CoordinatorRig(null, check).Run();
        await rig.PutAsync(Version("a"), test);

        check.Hold();
        check.Judge();
        await check.IsHeld.WaitAsync(test);
        check.Judge(Bad);
        check.Release();
        await rig.NextAsync(PluginEventKind.Reviewed);
        rig.Host.Find("a")!.Findings.Should().ContainSingle();
    }

    [Test]
    public async Task Only_the_checks_of_the_step_that_changed_are_asked(CancellationToken test)
    {
        var (changed, other) = (new FickleCheck(), new FickleCheck { Step = RegistrationStep.Scan });
        await using var rig = new CoordinatorRig(null, changed, other).Run();
        await rig.PutAsync(Version("a"), test);
        changed.Judge(Bad);
        await rig.NextAsync(PluginEventKind.Reviewed);
        other.Asked.Should().Be(0);
    }

    [Test]
    public async Task A_check_that_cannot_tell_of_changes_keeps_no_plugin_from_running(CancellationToken test)
    {
        await using var rig = new CoordinatorRig(null, new FickleCheck { IsDumb = true }).Run();
        await rig.PutAsync(Version("a"), test);
        rig.Host.Find("a")!.State.Should().Be(PluginState.Active);
        rig.Log.GetSnapshot().Should().Contain(static r => r.Id.Id == 1300);
    }

    /// <summary>Judges as the test says, and tells that it does.</summary>
    private sealed class FickleCheck : IPluginCheck
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _gate;
        private ConfigurationReloadToken _change = new();
        private volatile Func<string, IReadOnlyList<Finding>> _judge = static _ => [];
        private int _asked;

        public RegistrationStep Step { get; init; } = RegistrationStep.Checks;

        public bool TakesOut { get; init; }

        public bool IsDumb { get; init; }

        public int Asked => _asked;

        public Task IsHeld => _held.Task;

        public IChangeToken GetChangeToken()
            => IsDumb ? throw new InvalidOperationException("dumb") : Volatile.Read(ref _change);

        public bool Withdraws(Finding finding) => TakesOut;

        public void Judge(params Finding[] findings) => Judge(null, findings);

        public void Judge(string? plugin, params Finding[] findings)
        {
            _judge = asked => plugin is null || plugin == asked ? findings : [];
            Interlocked.Exchange(ref _change, new ConfigurationReloadToken()).OnReload();
        }

        public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _gate!.TrySetResult();

        public async ValueTask<IReadOnlyList<Finding>> CheckAsync(PluginCheckSubject plugin, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            var judged = _judge(plugin.Manifest.Name);
            if (_gate is { } gate)
            {
                _held.TrySetResult();
                await gate.Task.WaitAsync(cancellationToken);
            }

            return judged;
        }
    }
}
