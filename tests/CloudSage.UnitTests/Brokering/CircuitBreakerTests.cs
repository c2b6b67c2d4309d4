using CloudSage.PluginHost.Brokering;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Brokering;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<bool> _changes = [];
    private CircuitBreaker _breaker = null!;

    [SetUp]
    public void SetUp()
    {
        _changes.Clear();
        _breaker = new CircuitBreaker(new BrokerOptions { FaultThreshold = 3, BreakDuration = TimeSpan.FromSeconds(30) }, _clock);
        _breaker.Changed += _changes.Add;
    }

    [Test]
    public void Opens_at_the_threshold_and_says_so_once()
    {
        Fail(2);
        _breaker.Admits().Should().BeTrue();
        Fail(3);
        _breaker.Admits().Should().BeFalse();
        _changes.Should().Equal(true);
    }

    [Test]
    public void A_success_begins_the_count_anew()
    {
        Fail(2);
        _breaker.Succeeded();
        Fail(2);
        _breaker.IsOpen.Should().BeFalse();
        _changes.Should().BeEmpty();
    }

    [Test]
    public void After_the_break_one_probe_is_admitted_and_no_other_beside_it()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(29));
        _breaker.Admits().Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _breaker.Admits().Should().BeTrue();
        _breaker.Admits().Should().BeFalse();
        _clock.Advance(TimeSpan.FromHours(1));
        _breaker.Admits().Should().BeFalse("the probe is still running");
    }

    [Test]
    public void A_probe_that_succeeds_closes_and_says_so_once()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(30));
        _breaker.Admits();
        _breaker.Succeeded();
        _breaker.Succeeded();
        _breaker.IsOpen.Should().BeFalse();
        _breaker.Admits().Should().BeTrue();
        _changes.Should().Equal(true, false);
    }

    [Test]
    public void A_probe_that_fails_keeps_it_open_for_another_break_without_saying_so_again()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(30));
        _breaker.Admits();
        _breaker.Failed();
        _breaker.Admits().Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(30));
        _breaker.Admits().Should().BeTrue();
        _changes.Should().Equal(true);
    }

    [Test]
    public void A_probe_that_is_given_up_lets_another_try_at_once()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(30));
        _breaker.Admits();
        _breaker.Undecided();
        _breaker.IsOpen.Should().BeTrue();
        _breaker.Admits().Should().BeTrue();
    }

    [Test]
    public void After_recovery_it_takes_the_whole_threshold_to_open_again()
    {
        Fail(3);
        _clock.Advance(TimeSpan.FromSeconds(30));
        _breaker.Admits();
        _breaker.Succeeded();
        Fail(2);
        _breaker.IsOpen.Should().BeFalse();
        Fail(1);
        _breaker.IsOpen.Should().BeTrue();
        _changes.Should().Equal(true, false, true);
    }

    [Test]
    public void Under_contention_one_probe_alone_is_admitted()
    {
        for (var round = 0; round < 200; round++)
        {
            SetUp();
            Fail(3);
            _clock.Advance(TimeSpan.FromSeconds(30));
            var admitted = 0;
            Parallel.For(0, 8, _ =>
            {
                if (_breaker.Admits()) Interlocked.Increment(ref admitted);
            });
            admitted.Should().Be(1);
        }
    }

    [Test]
    public void Under_contention_it_opens_and_closes_by_turns_and_the_last_word_is_true()
    {
        var breaker = new CircuitBreaker(new BrokerOptions { FaultThreshold = 1, BreakDuration = TimeSpan.Zero }, _clock);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<bool>();
        breaker.Changed += heard.Enqueue;
        using var start = new Barrier(4);
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            for (var n = 0; n < 50_000; n++)
            {
                if (i % 2 == 0) breaker.Failed();
                else breaker.Succeeded();
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        var changes = heard.ToArray();
        changes.Should().NotBeEmpty();
        Enumerable.Range(0, changes.Length).Count(n => changes[n] != (n % 2 == 0)).Should().Be(0, "opened and closed are heard by turns");
        changes[^1].Should().Be(breaker.IsOpen);
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++) _breaker.Failed();
    }
}
