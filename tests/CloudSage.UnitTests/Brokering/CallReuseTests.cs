using System.Runtime.CompilerServices;
using CloudSage.PluginHost.Brokering;
using CloudSage.UnitTests.Triggers;

namespace CloudSage.UnitTests.Brokering;

/// <summary>What calls leave in the objects that are used again: nothing of the plugin's, and nothing that the next call could notice.</summary>
[CancelAfter(30_000)]
public sealed class CallReuseTests
{
    private static readonly CallOptions[] Ways = [new(), new() { Inline = true }];
    private BrokerRig _rig = null!;

    [SetUp]
    public void SetUp() => _rig = new BrokerRig(new BrokerOptions { FaultThreshold = int.MaxValue });

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public void An_inline_call_that_is_answered_at_once_allocates_nothing()
    {
        var target = _rig.Serve(new Probe());
        var inline = new CallOptions { Inline = true };
        for (var i = 0; i < 100; i++) Call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Call();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // A thread that is moved to another processor makes a lease there once; a byte for each call would be a thousand.
        allocated.Should().BeLessThan(1_000);
        target.Calls.Should().Be(1_100);

        void Call()
        {
            var call = _rig.AskAsync(inline);
            if (!call.IsCompletedSuccessfully || !call.Result.Succeeded) throw new InvalidOperationException("The call failed.");
        }
    }

    [TestCaseSource(nameof(Ways))]
    public async Task What_a_plugin_registered_on_its_token_and_forgot_is_neither_kept_nor_called(CallOptions way, CancellationToken test)
    {
        var called = 0;
        WeakReference? registered = null;
        var forgets = true;
        _rig.Serve(new Probe
        {
            Ask = async token =>
            {
                if (forgets) registered = Register(() => Interlocked.Increment(ref called), token);
                else await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return "";
            },
        });
        for (var i = 0; i < 10; i++) (await _rig.AskAsync(way, test)).Succeeded.Should().BeTrue();
        await IsCollected(() => registered!, test);

        forgets = false;
        for (var i = 0; i < 4; i++)
        {
            var late = _rig.AskAsync(way with { Deadline = TimeSpan.FromSeconds(1) }, test).AsTask();
            await Eventually.Is(() =>
            {
                _rig.Clock.Advance(TimeSpan.FromSeconds(1));
                return late.IsCompleted;
            }, test);
            (await late).Status.Should().Be(CallStatus.TimedOut);
        }

        called.Should().Be(0);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task What_a_plugin_registers_on_a_token_that_it_kept_is_let_go_when_its_version_closes(CallOptions way, CancellationToken test)
    {
        CancellationToken kept = default;
        var target = _rig.Serve(new Probe { Ask = token => { kept = token; return ValueTask.FromResult(""); } });
        await _rig.AskAsync(way, test);
        var registered = Register(static () => { }, kept);
        kept = default;
        target.Leases.Close();
        await target.Leases.Drained.WaitAsync(test);
        await IsCollected(() => registered, test);
        GC.KeepAlive(target);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task What_a_call_was_given_and_what_it_answered_is_not_kept(CallOptions way, CancellationToken test)
    {
        var target = _rig.Serve(new Probe());
        var (argument, answer) = await CallAsync(way, test);
        await IsCollected(() => argument, test);
        await IsCollected(() => answer, test);
        GC.KeepAlive(target);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_call_that_was_stopped_leaves_no_cancelled_token_to_the_next(CallOptions way, CancellationToken test)
    {
        var waits = true;
        var entered = new TaskCompletionSource();
        _rig.Serve(new Probe
        {
            Ask = async token =>
            {
                if (!waits) return token.IsCancellationRequested ? "cancelled" : "well";
                entered.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return "";
            },
        });
        using var giveUp = new CancellationTokenSource();
        var call = _rig.AskAsync(way, giveUp.Token).AsTask();
        await entered.Task;
        await giveUp.CancelAsync();
        (await call).Status.Should().Be(CallStatus.Cancelled);
        waits = false;
        for (var i = 0; i < 100; i++) (await _rig.AskAsync(way, test)).Value.Should().Be("well");
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Many_callers_at_once_each_get_their_own_answer(CallOptions way, CancellationToken test)
    {
        var target = _rig.Serve(new Probe());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 3_000; i++)
            {
                var question = (n * 10_000) + i;
                var outcome = await _rig.Broker.InvokeAsync<IProbe, int, int>("p", question, static async (_, q, _) =>
                {
                    if (q % 3 == 0) await Task.Yield();
                    if (q % 7 == 0) throw new InvalidOperationException(q.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    return q;
                }, way, i % 2 == 0 ? test : CancellationToken.None);
                if (question % 7 == 0) outcome.Fault!.Message.Should().Be($"{question}");
                else outcome.Value.Should().Be(question);
            }
        }, test)));
        target.Calls.Should().Be(24_000);
        await Eventually.Is(() => target.Leases.Count == 0, test);
    }

    [Test]
    public async Task An_event_reaches_every_plugin_and_its_outcomes_come_in_order()
    {
        _rig.Directory.Swap(new ExtensionTable([_rig.Target(new Probe(), "b"), _rig.Target(new Probe(), "a"), _rig.Target(new Probe(), "z", priority: 1)]));
        List<CallOutcome<string>> outcomes = [];
        await _rig.Broker.InvokeAllAsync<IProbe, string, string>("", static (p, q, t) => p.AskAsync(q, t), outcomes, null, CancellationToken.None);
        outcomes.Select(static o => o.Plugin).Should().Equal("z", "a", "b");
        outcomes.Should().OnlyContain(static o => o.Succeeded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Register(Action callback, CancellationToken token)
    {
        var state = new object();
        token.Register(_ => callback(), state);
        return new WeakReference(state);
    }

    private async Task<(WeakReference Argument, WeakReference Answer)> CallAsync(CallOptions way, CancellationToken test)
    {
        var argument = new object();
        var outcome = await _rig.Broker.InvokeAsync<IProbe, object, object>("p", argument, static (_, _, _) => ValueTask.FromResult(new object()), way, test);
        return (new WeakReference(argument), new WeakReference(outcome.Value));
    }

    private static Task IsCollected(Func<WeakReference> reference, CancellationToken test) => Eventually.Is(() =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return !reference().IsAlive;
    }, test);
}
