using CloudSage.PluginHost.Brokering;
using CloudSage.UnitTests.Triggers;

namespace CloudSage.UnitTests.Brokering;

[CancelAfter(30_000)]
public sealed class ExtensionBrokerTests
{
    private static readonly CallOptions[] Ways = [new(), new() { Inline = true }];
    private BrokerRig _rig = null!;

    [SetUp]
    public void SetUp() => _rig = new BrokerRig(new BrokerOptions { FaultThreshold = 2 });

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [TestCaseSource(nameof(Ways))]
    public async Task A_call_is_answered_by_the_version_that_serves(CallOptions way)
    {
        var target = _rig.Serve(new Probe(), version: "1.2.0");
        var outcome = await _rig.AskAsync(way);
        outcome.Should().Be(new CallOutcome<string>("p", "1.2.0", CallStatus.Succeeded, "answer", null));
        (target.Calls, target.Faults).Should().Be((1, 0));
        await Released(target);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task What_a_plugin_throws_comes_back_as_text(CallOptions way)
    {
        var target = _rig.Serve(new Probe { Ask = static _ => throw new InvalidOperationException("by design") });
        var outcome = await _rig.AskAsync(way);
        outcome.Status.Should().Be(CallStatus.Faulted);
        outcome.Fault.Should().BeEquivalentTo(new { Code = "CSG1701", ExceptionType = "System.InvalidOperationException", Message = "by design" });
        outcome.Fault!.Detail.Should().Contain(nameof(What_a_plugin_throws_comes_back_as_text), "it has the stack");
        target.LastFault.Should().Be(outcome.Fault);
        (target.Calls, target.Faults).Should().Be((1, 1));
        await Released(target);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_plugin_that_throws_later_is_faulted_too(CallOptions way)
    {
        var target = _rig.Serve(new Probe { Ask = static async _ => { await Task.Yield(); throw new InvalidOperationException("later"); } });
        (await _rig.AskAsync(way)).Status.Should().Be(CallStatus.Faulted);
        await Released(target);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_plugin_that_cancels_itself_is_faulted(CallOptions way)
    {
        var target = _rig.Serve(new Probe { Ask = static _ => throw new TaskCanceledException("a time limit of its own") });
        (await _rig.AskAsync(way)).Status.Should().Be(CallStatus.Faulted);
        await Released(target);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task At_the_deadline_the_call_is_given_up(CallOptions way)
    {
        var entered = new TaskCompletionSource();
        var target = _rig.Serve(new Probe { Ask = token => ForEverAsync(entered, token) });
        var call = _rig.AskAsync(way with { Deadline = TimeSpan.FromSeconds(3) }).AsTask();
        await entered.Task;
        _rig.Clock.Advance(TimeSpan.FromSeconds(2.9));
        call.IsCompleted.Should().BeFalse();
        _rig.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var outcome = await call;
        outcome.Status.Should().Be(CallStatus.TimedOut);
        outcome.Fault!.Code.Should().Be("CSG1702");
        target.Faults.Should().Be(1);
        await Released(target);
    }

    [Test]
    public async Task A_plugin_that_ignores_its_token_is_given_up_and_keeps_its_lease_until_it_ends(CancellationToken test)
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var target = _rig.Serve(new Probe { Ask = _ => { entered.Set(); release.Wait(test); return ValueTask.FromResult("late"); } });
        var call = _rig.AskAsync(new CallOptions { Deadline = TimeSpan.FromSeconds(3) }, test).AsTask();
        entered.Wait(test);
        _rig.Clock.Advance(TimeSpan.FromSeconds(3));
        (await call).Status.Should().Be(CallStatus.TimedOut);
        target.Leases.Count.Should().Be(1);
        release.Set();
        await Eventually.Is(() => target.Leases.Count == 0, test);
        (target.Calls, target.Faults).Should().Be((1, 1), "an answer that comes too late counts for nothing");
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_caller_that_gives_up_is_answered_and_the_plugin_is_not_blamed(CallOptions way)
    {
        var entered = new TaskCompletionSource();
        var target = _rig.Serve(new Probe { Ask = token => ForEverAsync(entered, token) });
        using var giveUp = new CancellationTokenSource();
        var call = _rig.AskAsync(way, giveUp.Token).AsTask();
        await entered.Task;
        await giveUp.CancelAsync();
        var outcome = await call;
        (outcome.Status, outcome.Fault).Should().Be((CallStatus.Cancelled, null));
        target.Faults.Should().Be(0);
        await Released(target);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_call_that_was_given_up_before_it_began_is_not_made(CallOptions way)
    {
        var called = false;
        var target = _rig.Serve(new Probe { Ask = _ => { called = true; return ValueTask.FromResult(""); } });
        var outcome = await _rig.AskAsync(way, new CancellationToken(canceled: true));
        outcome.Should().Be(new CallOutcome<string>("p", null, CallStatus.Cancelled, null, null));
        (called, target.Calls, target.Leases.Count).Should().Be((false, 0, 0));
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_call_whose_plugin_must_stop_is_cancelled_and_says_why(CallOptions way)
    {
        var entered = new TaskCompletionSource();
        var target = _rig.Serve(new Probe { Ask = token => ForEverAsync(entered, token) });
        var call = _rig.AskAsync(way with { Deadline = Timeout.InfiniteTimeSpan }).AsTask();
        await entered.Task;
        target.Abandon();
        var outcome = await call.WaitAsync(TestContext.CurrentContext.CancellationToken);
        outcome.Status.Should().Be(CallStatus.Cancelled);
        outcome.Fault!.Code.Should().Be("CSG1705");
        target.Faults.Should().Be(0);
        await Released(target);
    }

    [Test]
    public async Task A_plugin_that_nobody_has_is_unavailable()
    {
        var outcome = await _rig.AskAsync();
        (outcome.Status, outcome.Version, outcome.Fault!.Code).Should().Be((CallStatus.Unavailable, null, "CSG1704"));
    }

    [Test]
    public async Task A_version_that_closed_without_a_successor_is_unavailable()
    {
        _rig.Serve(new Probe()).Leases.Close();
        (await _rig.AskAsync()).Fault!.Code.Should().Be("CSG1704");
    }

    [Test]
    public async Task After_too_many_faults_calls_are_refused_without_a_lease_until_a_probe_succeeds()
    {
        var fails = true;
        var target = _rig.Serve(new Probe { Ask = _ => fails ? throw new InvalidOperationException() : ValueTask.FromResult("well") });
        await _rig.AskAsync();
        await _rig.AskAsync();
        var refused = await _rig.AskAsync();
        (refused.Status, refused.Version, refused.Fault!.Code).Should().Be((CallStatus.Unavailable, "1.0.0", "CSG1703"));
        (target.Calls, target.Leases.Count).Should().Be((2, 0));

        _rig.Clock.Advance(_rig.Options.BreakDuration);
        fails = false;
        (await _rig.AskAsync()).Value.Should().Be("well");
        (await _rig.AskAsync()).Value.Should().Be("well");
    }

    [Test]
    public async Task All_are_called_in_order_and_the_fault_of_one_stops_no_other()
    {
        var order = new List<string>();
        _rig.Directory.Swap(new ExtensionTable(
        [
            _rig.Target(new Probe { Ask = _ => { order.Add("b"); return ValueTask.FromResult("b"); } }, "b"),
            _rig.Target(new Probe { Ask = _ => { order.Add("first"); throw new InvalidOperationException(); } }, "first", priority: 5),
            _rig.Target(new Probe { Ask = _ => { order.Add("a"); return ValueTask.FromResult("a"); } }, "a"),
        ]));
        var outcomes = await _rig.Broker.InvokeAllAsync<IProbe, string, string>("?", static (p, q, t) => p.AskAsync(q, t), null, CancellationToken.None);
        order.Should().Equal("first", "a", "b");
        outcomes.Select(static o => (o.Plugin, o.Status)).Should().Equal(("first", CallStatus.Faulted), ("a", CallStatus.Succeeded), ("b", CallStatus.Succeeded));
    }

    [Test]
    public void A_deadline_that_no_timer_takes_is_refused_where_it_is_written()
    {
        FluentActions.Invoking(static () => new CallOptions { Deadline = TimeSpan.FromSeconds(-1) }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(static () => new CallOptions { Deadline = TimeSpan.MaxValue }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(static () => new CallOptions { Deadline = Timeout.InfiniteTimeSpan }).Should().NotThrow();
    }

    [Test]
    public async Task While_versions_are_swapped_no_call_fails_and_none_is_served_by_a_closed_version(CancellationToken test)
    {
        var retired = new List<ExtensionTarget>();
        var current = _rig.Serve(Version(0), version: "0.0.0");
        using var stop = new CancellationTokenSource();
        var served = 0;
        var callers = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var outcome = await _rig.AskAsync(Ways[i % 2], CancellationToken.None);
                outcome.Status.Should().Be(CallStatus.Succeeded, "{0}", outcome.Fault);
                outcome.Value.Should().Be(outcome.Version, "no call sees two versions");
                Interlocked.Increment(ref served);
            }
        }, test)).ToArray();
        for (var version = 1; version <= 300; version++)
        {
            var (old, before) = (current, Volatile.Read(ref served));
            await Eventually.Is(() => Volatile.Read(ref served) > before || callers.Any(static c => c.IsFaulted), test);
            current = _rig.Serve(Version(version), version: $"{version}.0.0");
            old.Leases.Close();
            await old.Leases.Drained.WaitAsync(test);
            old.Detach();
            retired.Add(old);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        retired.Should().OnlyContain(static t => t.Leases.Count == 0 && t.Faults == 0);

        static Probe Version(int n) => new() { Ask = async _ => { await Task.Yield(); return $"{n}.0.0"; } };
    }

    private static async ValueTask<string> ForEverAsync(TaskCompletionSource entered, CancellationToken token)
    {
        entered.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return "never";
    }

    private static Task Released(ExtensionTarget target)
        => Eventually.Is(() => target.Leases.Count == 0, TestContext.CurrentContext.CancellationToken);
}
