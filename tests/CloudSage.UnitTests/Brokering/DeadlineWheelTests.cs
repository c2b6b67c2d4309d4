using CloudSage.PluginHost.Brokering;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Brokering;

public sealed class DeadlineWheelTests
{
    private CallLeases _leases = null!;
    private FakeTimeProvider _clock = null!;
    private DeadlineWheel _wheel = null!;

    [SetUp]
    public void SetUp()
    {
        (_leases, _clock) = (new CallLeases(), new FakeTimeProvider());
        _wheel = new DeadlineWheel(_clock);
    }

    [TearDown]
    public void TearDown() => _wheel.Dispose();

    [Test]
    public void A_call_is_stopped_at_its_deadline_and_not_before()
    {
        var call = Begin(3);
        Advance(2.999);
        call.IsStopped.Should().BeFalse();
        Advance(0.001);
        (call.IsStopped, call.TimedOut, call.Token.IsCancellationRequested).Should().Be((true, true, true));
        call.End();
    }

    [Test]
    public void The_wheel_rests_when_nothing_runs()
    {
        _wheel.Watched.Should().Be(0);
        var call = Begin(100);
        _wheel.Watched.Should().Be(1);
        Advance(5);
        _wheel.Watched.Should().Be(1);
        call.End();
        Advance(1);
        _wheel.Watched.Should().Be(0, "one look found that nothing runs");
        _leases.WatchedDeadline.Should().Be(CallLease.NoDeadline);
        Begin(100).End();
        _wheel.Watched.Should().Be(1, "the next call wakes it");
    }

    [Test]
    public void A_call_without_a_deadline_is_not_watched()
    {
        var call = _leases.TryAcquire()!;
        call.Begin(CallLease.NoDeadline, _wheel, CancellationToken.None);
        _wheel.Watched.Should().Be(0);
        call.End();
    }

    [Test]
    public void A_call_that_begins_between_two_looks_is_late_by_a_sixteenth_at_most()
    {
        var first = Begin(16);
        Advance(0.3);
        var second = Begin(16);
        Advance(15.7);
        (first.TimedOut, second.TimedOut).Should().Be((true, false));
        Advance(0.299);
        second.TimedOut.Should().BeFalse("its own deadline is not there yet");
        Advance(1.001);
        second.TimedOut.Should().BeTrue();
        first.End();
        second.End();
    }

    [Test]
    public void A_call_that_says_when_it_is_due_is_stopped_to_the_tick()
    {
        var first = Begin(16);
        Advance(0.3);
        var second = Begin(16);
        second.SetDue(_wheel.Now + TimeSpan.FromSeconds(16).Ticks);
        Advance(15.999);
        second.TimedOut.Should().BeFalse();
        Advance(0.001);
        second.TimedOut.Should().BeTrue();
        first.End();
        second.End();
    }

    [Test]
    public void A_short_deadline_beside_a_long_one_is_kept_and_the_watch_slackens_after_it()
    {
        var slow = Begin(100);
        Advance(10.5);
        var quick = Begin(0.05);
        _leases.WatchedDeadline.Should().Be(TimeSpan.FromSeconds(0.05).Ticks);
        Advance(0.05);
        (quick.TimedOut, slow.TimedOut).Should().Be((true, false));
        quick.End();
        Advance(0.1);
        _leases.WatchedDeadline.Should().Be(TimeSpan.FromSeconds(100).Ticks);
        Advance(89.35);
        slow.TimedOut.Should().BeTrue();
        slow.End();
    }

    [Test]
    public void A_lease_that_is_used_again_does_not_inherit_the_deadline_of_the_call_before()
    {
        for (var i = 0; i < 50; i++)
        {
            var call = Begin(3);
            Advance(2);
            call.IsStopped.Should().BeFalse();
            call.End();
        }
    }

    [Test]
    public void A_call_that_was_stopped_spoils_nothing_for_the_next()
    {
        var late = Begin(1);
        Advance(1);
        late.TimedOut.Should().BeTrue();
        late.End();
        var next = Begin(1);
        (next.IsStopped, next.Token.IsCancellationRequested).Should().Be((false, false));
        next.Should().NotBeSameAs(late);
        next.End();
    }

    [Test]
    [CancelAfter(60_000)]
    public void While_calls_begin_and_end_on_all_sides_none_is_missed_and_none_is_stopped_early(CancellationToken test)
    {
        using var wheel = new DeadlineWheel(TimeProvider.System);
        var (tooEarly, missed) = (0, 0);
        var threads = Enumerable.Range(0, 4).Select(n => new Thread(() =>
        {
            for (var i = 0; i < 30; i++)
            {
                // Calls that end at once, with deadlines of every length, so that the watch is raised, lowered and dropped all the time ...
                for (var j = 0; j < 2_000; j++)
                {
                    var quick = _leases.TryAcquire()!;
                    quick.Begin(TimeSpan.FromMilliseconds(50 << (j % 8)).Ticks, wheel, CancellationToken.None);
                    quick.End();
                }

                // ... and one that must be stopped.
                var started = TimeProvider.System.GetTimestamp();
                var late = _leases.TryAcquire()!;
                late.Begin(TimeSpan.FromMilliseconds(5 + n).Ticks, wheel, CancellationToken.None);
                while (!late.IsStopped && !test.IsCancellationRequested) Thread.Yield();
                if (!late.IsStopped) Interlocked.Increment(ref missed);
                if (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMilliseconds(5 + n)) Interlocked.Increment(ref tooEarly);
                late.End();
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        (tooEarly, missed).Should().Be((0, 0));
        _leases.Count.Should().Be(0);
    }

    private CallLease Begin(double seconds)
    {
        var call = _leases.TryAcquire()!;
        call.Begin(TimeSpan.FromSeconds(seconds).Ticks, _wheel, CancellationToken.None);
        return call;
    }

    /// <summary>In small steps: a clock that jumps lets the wheel look once only.</summary>
    private void Advance(double seconds)
    {
        var (rest, step) = (TimeSpan.FromSeconds(seconds), TimeSpan.FromMilliseconds(50));
        for (; rest > step; rest -= step) _clock.Advance(step);
        _clock.Advance(rest);
    }
}
