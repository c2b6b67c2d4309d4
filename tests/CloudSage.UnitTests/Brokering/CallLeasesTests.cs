using CloudSage.PluginHost.Brokering;

namespace CloudSage.UnitTests.Brokering;

public sealed class CallLeasesTests
{
    private CallLeases _leases = null!;

    [SetUp]
    public void SetUp() => _leases = new CallLeases();

    [Test]
    public void A_counter_without_leases_is_drained_as_soon_as_it_is_closed()
    {
        _leases.Drained.IsCompleted.Should().BeFalse();
        _leases.Close();
        _leases.Drained.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void A_closed_counter_is_drained_by_the_last_release_alone()
    {
        var (first, second) = (_leases.TryAcquire()!, _leases.TryAcquire()!);
        second.Should().NotBeSameAs(first);
        _leases.Close();
        _leases.Count.Should().Be(2);
        first.End();
        _leases.Drained.IsCompleted.Should().BeFalse();
        second.End();
        _leases.Drained.IsCompleted.Should().BeTrue();
        _leases.Count.Should().Be(0);
    }

    [Test]
    public void A_closed_counter_admits_nothing_and_counts_no_refusal()
    {
        _leases.TryAcquire();
        _leases.Close();
        _leases.TryAcquire().Should().BeNull();
        _leases.Count.Should().Be(1);
        _leases.Drained.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void Closing_twice_changes_nothing()
    {
        var lease = _leases.TryAcquire()!;
        _leases.Close();
        _leases.Close();
        _leases.Drained.IsCompleted.Should().BeFalse();
        lease.End();
        _leases.Drained.IsCompleted.Should().BeTrue();
    }

    [Test]
    public void An_idle_open_counter_is_not_drained_by_its_releases()
    {
        _leases.TryAcquire()!.End();
        _leases.Drained.IsCompleted.Should().BeFalse();
        _leases.TryAcquire().Should().NotBeNull();
    }

    [Test]
    public void A_lease_that_has_ended_is_used_again()
    {
        // More than stay idle, taken at once and given back, twice: the second time none is made that the first time kept.
        var first = Enumerable.Range(0, 20).Select(_ => _leases.TryAcquire()!).ToArray();
        foreach (var lease in first) lease.End();
        var second = Enumerable.Range(0, 20).Select(_ => _leases.TryAcquire()!).ToArray();
        second.Should().OnlyHaveUniqueItems().And.HaveCount(20);
        second.Intersect(first).Should().NotBeEmpty();
        _leases.Count.Should().Be(20);
    }

    [Test]
    public void A_burst_of_calls_leaves_no_more_leases_than_are_worth_keeping()
    {
        var burst = Enumerable.Range(0, 5_000).Select(_ => new WeakReference(_leases.TryAcquire())).ToArray();
        EndAll(burst);
        GC.Collect();
        burst.Count(static r => r.IsAlive).Should().BeLessThan(65 * Environment.ProcessorCount + 1);
        _leases.Count.Should().Be(0);

        static void EndAll(WeakReference[] leases)
        {
            foreach (var lease in leases) ((CallLease)lease.Target!).End();
        }
    }

    [Test]
    public void Calls_are_counted_by_lease_and_stay_counted_when_a_lease_is_thrown_away()
    {
        var stopped = _leases.TryAcquire()!;
        stopped.CountCall();
        stopped.Stop();
        stopped.End();
        var lease = _leases.TryAcquire()!;
        lease.Should().NotBeSameAs(stopped);
        lease.CountCall();
        _leases.Calls.Should().Be(2);
        lease.End();
        _leases.Close();
        _leases.Calls.Should().Be(2);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Under_contention_nothing_is_admitted_after_the_close_and_every_lease_is_waited_for(bool several)
    {
        for (var round = 0; round < 300; round++)
        {
            var leases = new CallLeases();
            var (admittedAfterClose, seenRunningAtDrain, taken) = (0, 0, 0);
            var closed = false;
            using var start = new Barrier(5);
            var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                while (true)
                {
                    var late = Volatile.Read(ref closed);
                    if (leases.TryAcquire() is not { } lease) return;
                    Interlocked.Increment(ref taken);
                    if (late) Interlocked.Increment(ref admittedAfterClose);
                    // A call within a call, which cannot have the same lease.
                    var inner = several ? leases.TryAcquire() : null;
                    if (leases.Drained.IsCompleted) Interlocked.Increment(ref seenRunningAtDrain);
                    inner?.End();
                    if (leases.Drained.IsCompleted) Interlocked.Increment(ref seenRunningAtDrain);
                    lease.End();
                }
            })).ToArray();
            foreach (var thread in threads) thread.Start();
            start.SignalAndWait();
            SpinWait.SpinUntil(() => Volatile.Read(ref taken) > round);
            leases.Close();
            Volatile.Write(ref closed, true);
            foreach (var thread in threads) thread.Join();

            admittedAfterClose.Should().Be(0);
            seenRunningAtDrain.Should().Be(0, "they are not drained while somebody holds a lease");
            leases.Count.Should().Be(0);
            leases.Drained.IsCompletedSuccessfully.Should().BeTrue("round {0}", round);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public void Under_contention_a_lease_has_one_holder_though_others_stop_it(CancellationToken test)
    {
        var leases = new CallLeases();
        var (doubled, stops, done) = (0, 0, false);
        var holders = new System.Collections.Concurrent.ConcurrentDictionary<CallLease, int>();
        using var start = new Barrier(5);
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < 20_000 || (Volatile.Read(ref stops) < 100 && !test.IsCancellationRequested); i++)
            {
                var lease = leases.TryAcquire()!;
                if (!holders.TryAdd(lease, i)) Interlocked.Increment(ref doubled);
                if (i % 64 == 0) SpinWait.SpinUntil(() => lease.IsStopped, TimeSpan.FromMilliseconds(1));
                if (lease.Token.IsCancellationRequested && !lease.IsStopped) Interlocked.Increment(ref doubled);
                if (lease.IsStopped) Interlocked.Increment(ref stops);
                holders.TryRemove(lease, out var _);
                lease.End();
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        var stopper = new Thread(() =>
        {
            start.SignalAndWait();
            while (!Volatile.Read(ref done))
                foreach (var lease in holders.Keys) lease.Stop();
        });
        stopper.Start();
        foreach (var thread in threads) thread.Join();
        Volatile.Write(ref done, true);
        stopper.Join();

        doubled.Should().Be(0);
        stops.Should().BePositive("the test must have met what it is about");
        leases.Count.Should().Be(0);
        leases.Close();
        leases.Drained.IsCompletedSuccessfully.Should().BeTrue();
    }
}
