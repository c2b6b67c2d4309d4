using System.Runtime.CompilerServices;
using CloudSage.PluginHost.Brokering;
using CloudSage.UnitTests.Triggers;

namespace CloudSage.UnitTests.Brokering;

[CancelAfter(30_000)]
public sealed class LeasedStreamTests
{
    private BrokerRig _rig = null!;

    [SetUp]
    public void SetUp() => _rig = new BrokerRig();

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public async Task A_stream_is_read_whole_and_its_outcome_counts_the_items(CancellationToken test)
    {
        var target = _rig.Serve(new Probe { Count = static token => Numbers(2_000, token) });
        var stream = _rig.Count();
        stream.Outcome.Should().BeNull();
        (await stream.ToListAsync(test)).Should().Equal(Enumerable.Range(0, 2_000));
        stream.Outcome.Should().Be(new CallOutcome<long>("p", "1.0.0", CallStatus.Succeeded, 2_000, null));
        await Released(target, test);
        target.Calls.Should().Be(1);
    }

    [Test]
    public async Task A_reader_that_leaves_early_stops_the_plugin_and_the_lease_is_released(CancellationToken test)
    {
        var stopped = new TaskCompletionSource();
        var target = _rig.Serve(new Probe { Count = token => Endless(stopped, token) });
        var stream = _rig.Count();
        await foreach (var item in stream.WithCancellation(test))
            if (item == 3) break;
        await stopped.Task.WaitAsync(test);
        await Released(target, test);
        stream.Outcome!.Value.Status.Should().Be(CallStatus.Cancelled);
        stream.Outcome.Value.Value.Should().Be(4);
        target.Faults.Should().Be(0);
    }

    [Test]
    public async Task A_fault_in_the_middle_keeps_the_items_before_it(CancellationToken test)
    {
        var target = _rig.Serve(new Probe { Count = static token => Numbers(700, token).Concat(Throwing()) });
        var stream = _rig.Count();
        (await stream.ToListAsync(test)).Should().HaveCount(700);
        stream.Outcome!.Value.Status.Should().Be(CallStatus.Faulted);
        stream.Outcome.Value.Value.Should().Be(700);
        stream.Outcome.Value.Fault!.Message.Should().Be("torn");
        await Released(target, test);
    }

    [Test]
    public async Task A_plugin_that_throws_before_it_streams_is_faulted(CancellationToken test)
    {
        var target = _rig.Serve(new Probe { Count = static _ => throw new InvalidOperationException("at once") });
        var stream = _rig.Count();
        (await stream.ToListAsync(test)).Should().BeEmpty();
        stream.Outcome!.Value.Fault!.Message.Should().Be("at once");
        await Released(target, test);
    }

    [Test]
    public async Task The_deadline_is_one_of_each_item(CancellationToken test)
    {
        var go = new SemaphoreSlim(0);
        var target = _rig.Serve(new Probe { Count = token => Gated(go, token) });
        var stream = _rig.Count(new CallOptions { Deadline = TimeSpan.FromSeconds(3) });
        await using var items = stream.GetAsyncEnumerator(test);
        for (var i = 0; i < 3; i++)
        {
            var next = items.MoveNextAsync().AsTask();
            _rig.Clock.Advance(TimeSpan.FromSeconds(2));
            go.Release();
            (await next).Should().BeTrue("each item came in time");
        }

        var late = items.MoveNextAsync().AsTask();
        _rig.Clock.Advance(TimeSpan.FromSeconds(3));
        (await late).Should().BeFalse();
        stream.Outcome!.Value.Should().BeEquivalentTo(new { Status = CallStatus.TimedOut, Value = 3L });
        stream.Outcome.Value.Fault!.Code.Should().Be("CSG1702");
        await Released(target, test);
        target.Faults.Should().Be(1);
    }

    [Test]
    public async Task A_plugin_that_ignores_its_token_is_left_behind_with_its_lease(CancellationToken test)
    {
        using var release = new ManualResetEventSlim();
        var target = _rig.Serve(new Probe { Count = _ => Blocking(release, test) });
        var stream = _rig.Count(new CallOptions { Deadline = TimeSpan.FromSeconds(3) });
        await using var items = stream.GetAsyncEnumerator(test);
        (await items.MoveNextAsync()).Should().BeTrue();
        var late = items.MoveNextAsync().AsTask();
        await Eventually.Is(() =>
        {
            _rig.Clock.Advance(TimeSpan.FromSeconds(3));
            return late.IsCompleted;
        }, test);
        (await late).Should().BeFalse();
        stream.Outcome!.Value.Status.Should().Be(CallStatus.TimedOut);
        target.Leases.Count.Should().Be(1);
        release.Set();
        await Released(target, test);
    }

    [Test]
    public async Task A_reader_that_is_cancelled_ends_as_cancelled_though_the_plugin_has_sent_everything(CancellationToken test)
    {
        var target = _rig.Serve(new Probe { Count = static token => Numbers(10, token) });
        var stream = _rig.Count();
        using var giveUp = new CancellationTokenSource();
        await using var items = stream.GetAsyncEnumerator(giveUp.Token);
        (await items.MoveNextAsync()).Should().BeTrue();
        await Released(target, test);
        await giveUp.CancelAsync();
        // What is buffered may still come; then the enumeration ends as cancelled.
        var read = 1;
        await FluentActions.Awaiting(async () =>
        {
            while (await items.MoveNextAsync()) read++;
        }).Should().ThrowAsync<OperationCanceledException>();
        stream.Outcome!.Value.Status.Should().Be(read == 10 ? CallStatus.Succeeded : CallStatus.Cancelled);
    }

    [Test]
    public async Task A_waiting_reader_that_is_cancelled_is_freed_at_once(CancellationToken test)
    {
        var stopped = new TaskCompletionSource();
        var target = _rig.Serve(new Probe { Count = token => Waiting(stopped, token) });
        using var giveUp = new CancellationTokenSource();
        var stream = _rig.Count();
        await using var items = stream.GetAsyncEnumerator(giveUp.Token);
        var next = items.MoveNextAsync().AsTask();
        await giveUp.CancelAsync();
        await FluentActions.Awaiting(() => next).Should().ThrowAsync<OperationCanceledException>();
        stream.Outcome!.Value.Status.Should().Be(CallStatus.Cancelled);
        await stopped.Task.WaitAsync(test);
        await Released(target, test);
    }

    [Test]
    public async Task A_plugin_that_must_stop_ends_its_streams(CancellationToken test)
    {
        var stopped = new TaskCompletionSource();
        var target = _rig.Serve(new Probe { Count = token => Waiting(stopped, token) });
        var stream = _rig.Count();
        await using var items = stream.GetAsyncEnumerator(test);
        var next = items.MoveNextAsync().AsTask();
        target.Abandon();
        (await next).Should().BeFalse();
        stream.Outcome!.Value.Fault!.Code.Should().Be("CSG1705");
        await Released(target, test);
    }

    [Test]
    public async Task A_slow_reader_holds_the_plugin_back(CancellationToken test)
    {
        var produced = 0;
        var target = _rig.Serve(new Probe { Count = token => Counted(() => Interlocked.Increment(ref produced), token) });
        var stream = _rig.Count();
        await using var items = stream.GetAsyncEnumerator(test);
        (await items.MoveNextAsync()).Should().BeTrue();
        await Eventually.Is(() => Volatile.Read(ref produced) >= 512, test);
        await Task.Yield();
        Volatile.Read(ref produced).Should().BeLessThanOrEqualTo(514, "512 wait, one was read and one is in hand");
        await items.DisposeAsync();
        await Released(target, test);
    }

    [Test]
    public void A_stream_can_be_enumerated_once()
    {
        _rig.Serve(new Probe());
        var stream = _rig.Count();
        _ = stream.GetAsyncEnumerator(CancellationToken.None);
        FluentActions.Invoking(() => stream.GetAsyncEnumerator(CancellationToken.None)).Should().Throw<InvalidOperationException>();
    }

    [Test]
    public async Task A_stream_of_a_plugin_that_nobody_has_is_empty_and_unavailable(CancellationToken test)
    {
        var stream = _rig.Count();
        (await stream.ToListAsync(test)).Should().BeEmpty();
        stream.Outcome!.Value.Status.Should().Be(CallStatus.Unavailable);
    }

    private static async IAsyncEnumerable<int> Numbers(int count, [EnumeratorCancellation] CancellationToken token)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 100 == 0) await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return i;
        }
    }

    private static async IAsyncEnumerable<int> Throwing()
    {
        await Task.Yield();
        if (Environment.TickCount64 >= 0) throw new InvalidOperationException("torn");
        yield break;
    }

    private static async IAsyncEnumerable<int> Endless(TaskCompletionSource stopped, [EnumeratorCancellation] CancellationToken token)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                token.ThrowIfCancellationRequested();
                yield return i;
                await Task.Yield();
            }
        }
        finally
        {
            stopped.TrySetResult();
        }
    }

    private static async IAsyncEnumerable<int> Waiting(TaskCompletionSource stopped, [EnumeratorCancellation] CancellationToken token)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        }
        finally
        {
            stopped.TrySetResult();
        }

        yield return 0;
    }

    private static async IAsyncEnumerable<int> Gated(SemaphoreSlim go, [EnumeratorCancellation] CancellationToken token)
    {
        for (var i = 0; ; i++)
        {
            await go.WaitAsync(token);
            yield return i;
        }
    }

    private static async IAsyncEnumerable<int> Blocking(ManualResetEventSlim release, [EnumeratorCancellation] CancellationToken test)
    {
        yield return 0;
        await Task.Yield();
        release.Wait(test);
        yield return 1;
    }

    private static async IAsyncEnumerable<int> Counted(Func<int> count, [EnumeratorCancellation] CancellationToken token)
    {
        while (true)
        {
            yield return count();
            await Task.CompletedTask;
            token.ThrowIfCancellationRequested();
        }
    }

    private static Task Released(ExtensionTarget target, CancellationToken test) => Eventually.Is(() => target.Leases.Count == 0, test);
}
