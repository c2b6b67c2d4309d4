using System.Runtime.CompilerServices;
using CloudSage.PluginHost.Activation;
using CloudSage.UnitTests.Triggers;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Activation;

[CancelAfter(30_000)]
public sealed class PluginCodeTests
{
    private static readonly AsyncLocal<string?> Ambient = new();
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task Code_that_returns_has_completed_and_ended(CancellationToken test)
    {
        var result = await RunAsync(static _ => ValueTask.FromResult(42), test);
        (result.Status, result.Value, result.Fault).Should().Be((PluginCodeStatus.Completed, 42, null));
        await result.Ended.WaitAsync(test);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Code_that_throws_comes_back_as_text(bool atOnce)
    {
        var result = await RunAsync(async _ =>
        {
            if (!atOnce) await Task.Yield();
            throw new InvalidOperationException("by design");
        }, CancellationToken.None);
        result.Status.Should().Be(PluginCodeStatus.Faulted);
        result.Fault.Should().BeEquivalentTo(new { Code = "CSG1699", Message = "by design", At = _clock.GetUtcNow() });
    }

    [Test]
    public async Task At_the_deadline_the_answer_is_given_though_the_code_goes_on(CancellationToken test)
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var run = RunAsync(_ => { entered.Set(); release.Wait(test); return ValueTask.FromResult(1); }, test);
        entered.Wait(test);
        _clock.Advance(Deadline);
        var result = await run;
        result.Status.Should().Be(PluginCodeStatus.TimedOut);
        result.Ended.IsCompleted.Should().BeFalse();
        release.Set();
        await result.Ended.WaitAsync(test);
    }

    [Test]
    public async Task Whoever_gives_up_is_answered_at_once_and_the_code_is_told()
    {
        var (entered, told) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var caller = new CancellationTokenSource();
        var run = RunAsync(async token =>
        {
            entered.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                told.SetResult();
            }

            return 0;
        }, caller.Token);
        await entered.Task;
        caller.Cancel();
        (await run).Status.Should().Be(PluginCodeStatus.Cancelled);
        await told.Task;
    }

    [Test]
    public async Task Code_that_cancels_itself_without_being_asked_is_faulted()
        => (await RunAsync(static _ => throw new OperationCanceledException(), CancellationToken.None)).Status.Should().Be(PluginCodeStatus.Faulted);

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_callback_on_the_token_that_blocks_or_throws_holds_up_nobody(bool throws, CancellationToken test)
    {
        using var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        using var caller = new CancellationTokenSource();
        var run = RunAsync(async token =>
        {
            token.Register(() =>
            {
                if (throws) throw new InvalidOperationException("by design");
                release.Wait(test);
            });
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(test);
            return 0;
        }, caller.Token);
        await entered.Task;
        caller.Cancel();
        (await run).Status.Should().Be(PluginCodeStatus.Cancelled);
        release.Set();
    }

    [Test]
    public async Task An_infinite_deadline_never_comes()
    {
        var work = new TaskCompletionSource<int>();
        var run = PluginCode.RunAsync("CSG1699", _ => new ValueTask<int>(work.Task), Timeout.InfiniteTimeSpan, _clock, CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(365));
        run.IsCompleted.Should().BeFalse();
        work.SetResult(1);
        (await run).Status.Should().Be(PluginCodeStatus.Completed);
    }

    [Test]
    public async Task The_code_sees_none_of_the_hosts_ambient_values()
    {
        Ambient.Value = "the host's";
        string? seen = "not called";
        await RunAsync(_ => { seen = Ambient.Value; return ValueTask.FromResult(0); }, CancellationToken.None);
        seen.Should().BeNull();
    }

    [Test]
    public async Task However_end_deadline_and_cancellation_race_there_is_one_answer(CancellationToken test)
    {
        for (var round = 0; round < 500; round++)
        {
            var clock = new FakeTimeProvider();
            var work = new TaskCompletionSource<int>();
            using var caller = new CancellationTokenSource();
            var run = PluginCode.RunAsync("CSG1699", _ => new ValueTask<int>(work.Task), Deadline, clock, caller.Token);
            Parallel.Invoke(() => work.TrySetResult(1), () => clock.Advance(Deadline), caller.Cancel);
            var result = await run.WaitAsync(test);
            (result.Status == PluginCodeStatus.Completed).Should().Be(result.Value == 1);
            (result.Fault is not null).Should().Be(result.Status == PluginCodeStatus.TimedOut);
            await result.Ended.WaitAsync(test);
        }
    }

    [TestCase("returns")]
    [TestCase("throws")]
    [TestCase("is given up")]
    public async Task Nothing_of_the_code_is_kept_when_it_has_ended(string how, CancellationToken test)
    {
        using var caller = new CancellationTokenSource();
        var (plugin, result) = await RunPluginAsync(how, caller);
        await result.Ended.WaitAsync(test);
        await Eventually.Is(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !plugin.IsAlive;
        }, test);
        GC.KeepAlive(caller);
        GC.KeepAlive(result.Fault);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<(WeakReference Plugin, PluginCodeResult<int> Result)> RunPluginAsync(string how, CancellationTokenSource caller)
    {
        var (weak, run) = Begin();
        if (how == "is given up") await caller.CancelAsync();
        return (weak, await run);

        [MethodImpl(MethodImplOptions.NoInlining)]
        (WeakReference, Task<PluginCodeResult<int>>) Begin()
        {
            var plugin = new OwnPlugin();
            return (new WeakReference(plugin), RunAsync(token => plugin.RunAsync(how, token), caller.Token));
        }
    }

    private Task<PluginCodeResult<int>> RunAsync(Func<CancellationToken, ValueTask<int>> code, CancellationToken cancellationToken)
        => PluginCode.RunAsync("CSG1699", code, Deadline, _clock, cancellationToken);

    private sealed class OwnPlugin
    {
        private int _calls;

        public async ValueTask<int> RunAsync(string how, CancellationToken token)
        {
            _calls++;
            if (how == "throws") throw new OwnException(this);
            if (how == "is given up") await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return _calls;
        }
    }

    private sealed class OwnException(OwnPlugin plugin) : Exception("of " + plugin.GetType().Name)
    {
        public OwnPlugin Plugin => plugin;
    }
}
