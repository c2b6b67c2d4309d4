using CloudSage.PluginHost.Brokering;

namespace CloudSage.UnitTests.Brokering;

[CancelAfter(30_000)]
public sealed class InlineCallTests
{
    private static readonly CallOptions Inline = new() { Inline = true };
    private static readonly AsyncLocal<string?> Ambient = new();
    private BrokerRig _rig = null!;

    [SetUp]
    public void SetUp() => _rig = new BrokerRig();

    [TearDown]
    public void TearDown()
    {
        Ambient.Value = null;
        _rig.Dispose();
    }

    [Test]
    public async Task A_call_runs_on_the_callers_thread_and_ends_there_where_nothing_is_awaited()
    {
        var thread = 0;
        _rig.Serve(new Probe { Ask = _ => { thread = Environment.CurrentManagedThreadId; return ValueTask.FromResult(""); } });
        var caller = Environment.CurrentManagedThreadId;
        var call = _rig.AskAsync(Inline).AsTask();
        call.IsCompletedSuccessfully.Should().BeTrue();
        thread.Should().Be(caller);
        (await call).Succeeded.Should().BeTrue();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_plugin_sees_nothing_of_the_hosts_ambient_values_and_leaves_none_of_its_own(bool suspends)
    {
        var seen = "not called";
        _rig.Serve(new Probe
        {
            Ask = async _ =>
            {
                seen = Ambient.Value;
                Ambient.Value = "the plugin's";
                if (suspends) await Task.Yield();
                return Ambient.Value;
            },
        });
        Ambient.Value = "the host's";
        var outcome = await _rig.AskAsync(Inline);
        outcome.Value.Should().Be("the plugin's");
        seen.Should().BeNull();
        Ambient.Value.Should().Be("the host's");
    }

    [Test]
    public void The_hosts_ambient_values_are_back_even_where_it_had_suppressed_their_flow()
    {
        _rig.Serve(new Probe { Ask = static _ => { Ambient.Value = "the plugin's"; return ValueTask.FromResult(""); } });
        Ambient.Value = "the host's";
        using (ExecutionContext.SuppressFlow())
        {
            _rig.AskAsync(Inline).AsTask().IsCompletedSuccessfully.Should().BeTrue();
            ExecutionContext.IsFlowSuppressed().Should().BeTrue();
        }

        Ambient.Value.Should().Be("the host's");
    }

    [Test]
    public async Task The_host_goes_on_off_the_stack_of_whoever_completed_the_plugins_task(CancellationToken test)
    {
        // Continuations run on the thread that completes it: a plugin's own, whose frames must be able to end.
        var work = new TaskCompletionSource<string>();
        using var returned = new ManualResetEventSlim();
        _rig.Serve(new Probe { Ask = _ => new ValueTask<string>(work.Task) });
        var call = Task.Run(async () =>
        {
            await _rig.AskAsync(Inline, CancellationToken.None);
            returned.Wait(test);
        }, test);
        var plugin = new Thread(() =>
        {
            work.SetResult("done");
            returned.Set();
        });
        plugin.Start();
        await call;
    }

    [Test]
    public async Task The_plugin_never_gets_the_callers_token_itself()
    {
        CancellationToken given = default;
        _rig.Serve(new Probe { Ask = token => { given = token; return ValueTask.FromResult(""); } });
        using var caller = new CancellationTokenSource();
        await _rig.AskAsync(Inline, caller.Token);
        given.Should().NotBe(caller.Token);
        given.CanBeCanceled.Should().BeTrue();
        await _rig.AskAsync(Inline, CancellationToken.None);
        given.CanBeCanceled.Should().BeTrue("it is cancelled when the plugin must stop");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_callback_of_the_plugins_that_blocks_or_throws_does_neither_to_whoever_cancels(bool throws)
    {
        using var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var target = _rig.Serve(new Probe
        {
            Ask = async token =>
            {
                token.Register(() =>
                {
                    if (throws) throw new InvalidOperationException("by design");
                    release.Wait(CancellationToken.None);
                });
                entered.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return "";
            },
        });
        using var caller = new CancellationTokenSource();
        var call = _rig.AskAsync(Inline, caller.Token).AsTask();
        await entered.Task;
        caller.Cancel();
        var second = _rig.AskAsync(Inline).AsTask();
        target.Abandon();
        release.Set();
        (await call).Status.Should().Be(CallStatus.Cancelled);
        (await second).Status.Should().Be(CallStatus.Cancelled);
    }
}
