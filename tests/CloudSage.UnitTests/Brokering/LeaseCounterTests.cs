using CloudSage.PluginHost.Brokering;

namespace CloudSage.UnitTests.Brokering;

public sealed class LeaseCounterTests
{
    private LeaseCounter _leases = null!;

    [SetUp]
    public void SetUp() => _leases = new LeaseCounter();

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
        _leases.TryAcquire().Should().BeTrue();
        _leases.TryAcquire().Should().BeTrue();
        _leases.Close();
        _leases.Count.Should().Be(2);
        _leases.Release();
        _leases.Drained.IsCompleted.Should().BeFalse();
        _leases.Release();
        _leases.Drained.IsCompleted.Should().BeTrue();
        _leases.Count.Should().Be(0);
    }

    [Test]
    public void A_closed_counter_admits_nothing_and_counts_no_refusal()
    {
        _leases.TryAcquire();
        _leases.Close();
        _leases.TryAcquire().Should().BeFalse();
        _leases.Count.Should().Be(1);
        _leases.Drained.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void Closing_twice_changes_nothing()
    {
        _leases.TryAcquire();
        _leases.Close();
        _leases.Close();
        _leases.Drained.IsCompleted.Should().BeFalse();
        _leases.Release();
        _leases.Drained.IsCompleted.Should().BeTrue();
    }

    [Test]
    public void An_idle_open_counter_is_not_drained_by_its_releases()
    {
        _leases.TryAcquire();
        _leases.Release();
        _leases.Drained.IsCompleted.Should().BeFalse();
        _leases.TryAcquire().Should().BeTrue();
    }

    [Test]
    public void Under_contention_nothing_is_admitted_after_the_drain_and_every_lease_is_counted()
    {
        for (var round = 0; round < 300; round++)
        {
            var leases = new LeaseCounter();
            var (admittedAfterDrain, running, seenRunningAtDrain) = (0, 0, 0);
            using var start = new Barrier(5);
            var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                while (true)
                {
                    var drained = leases.Drained.IsCompleted;
                    if (!leases.TryAcquire()) return;
                    Interlocked.Increment(ref running);
                    if (drained) Interlocked.Increment(ref admittedAfterDrain);
                    if (leases.Drained.IsCompleted) Interlocked.Increment(ref seenRunningAtDrain);
                    Interlocked.Decrement(ref running);
                    leases.Release();
                }
            })).ToArray();
            foreach (var thread in threads) thread.Start();
            start.SignalAndWait();
            leases.Close();
            foreach (var thread in threads) thread.Join();

            admittedAfterDrain.Should().Be(0);
            seenRunningAtDrain.Should().Be(0, "a counter is not drained while somebody holds a lease");
            leases.Count.Should().Be(0);
            leases.Drained.IsCompletedSuccessfully.Should().BeTrue();
        }
    }
}
