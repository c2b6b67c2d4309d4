using CloudSage.Plugins.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Testing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TestClockTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 7, 3, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _machine = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)));
    private int _ticks;

    private TestClock Clock => field ??= new TestClock(Start, _machine);

    [Test]
    public void It_starts_where_the_test_says_and_goes_on_by_itself()
    {
        Clock.GetUtcNow().Should().Be(Start);
        Clock.GetUtcNow().Offset.Should().Be(TimeSpan.Zero);

        _machine.Advance(TimeSpan.FromSeconds(5));

        Clock.GetUtcNow().Should().Be(Start.AddSeconds(5));
    }

    [Test]
    public void Setting_it_forward_moves_the_time_and_what_has_elapsed()
    {
        var since = Clock.GetTimestamp();

        Clock.AdvanceTo(Start.AddYears(20));

        Clock.GetUtcNow().Should().Be(Start.AddYears(20));
        Clock.GetElapsedTime(since).Should().Be(Start.AddYears(20) - Start);
    }

    [Test]
    public void It_does_not_go_back() => FluentActions.Invoking(() => Clock.AdvanceTo(Start.AddSeconds(-1))).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void A_timer_that_is_due_by_then_runs_at_once_and_one_that_is_not_waits_for_the_rest()
    {
        using var soon = Timer(TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
        using var late = Timer(TimeSpan.FromMinutes(30), Timeout.InfiniteTimeSpan);

        Clock.Advance(TimeSpan.FromMinutes(20));
        _machine.Advance(TimeSpan.Zero);
        _ticks.Should().Be(1);

        _machine.Advance(TimeSpan.FromMinutes(9));
        _ticks.Should().Be(1);
        _machine.Advance(TimeSpan.FromMinutes(1));
        _ticks.Should().Be(2);
    }

    [Test]
    public void A_periodic_timer_keeps_its_period()
    {
        using var timer = Timer(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        _machine.Advance(TimeSpan.FromMinutes(3));
        _ticks.Should().Be(3);

        Clock.Advance(TimeSpan.FromSeconds(45));
        _machine.Advance(TimeSpan.FromSeconds(15));
        _ticks.Should().Be(4);
    }

    [Test]
    public void A_timer_that_was_stopped_or_disposed_does_not_run()
    {
        using var stopped = Timer(TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        var disposed = Timer(TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        disposed.Dispose();

        Clock.Advance(TimeSpan.FromHours(1));
        _machine.Advance(TimeSpan.FromHours(1));

        _ticks.Should().Be(0);
        disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan).Should().BeFalse();
    }

    private ITimer Timer(TimeSpan due, TimeSpan period) => Clock.CreateTimer(_ => _ticks++, null, due, period);
}
