using CloudSage.PluginHost.Activation;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Activation;

[CancelAfter(30_000)]
public sealed class PluginClockTests
{
    private readonly FakeTimeProvider _host = new(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private PluginClock _clock = null!;

    [SetUp]
    public void SetUp() => _clock = new PluginClock(_host);

    [Test]
    public void The_time_is_the_hosts()
    {
        _host.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(3), "test", "test"));
        var stamp = _clock.GetTimestamp();
        _host.Advance(TimeSpan.FromMinutes(5));
        (_clock.GetUtcNow(), _clock.GetElapsedTime(stamp), _clock.LocalTimeZone.Id).Should().Be((_host.GetUtcNow(), TimeSpan.FromMinutes(5), "test"));
    }

    [Test]
    public async Task Timers_periodic_timers_waits_and_delayed_cancellations_work_by_it(CancellationToken test)
    {
        var ticks = 0;
        await using var timer = _clock.CreateTimer(_ => ticks++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        using var cancelled = new CancellationTokenSource(TimeSpan.FromSeconds(5), _clock);
        using var periodic = new PeriodicTimer(TimeSpan.FromSeconds(5), _clock);
        var next = periodic.WaitForNextTickAsync(test);
        var wait = new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(5), _clock, test);
        _host.Advance(TimeSpan.FromSeconds(5));
        ticks.Should().Be(3);
        cancelled.IsCancellationRequested.Should().BeTrue();
        (await next).Should().BeTrue();
        await FluentActions.Awaiting(() => wait).Should().ThrowAsync<TimeoutException>();
        timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Should().BeTrue();
        _host.Advance(TimeSpan.FromSeconds(10));
        ticks.Should().Be(4, "it was set to tick once more");
    }

    [Test]
    public void When_stopped_no_timer_fires_any_more_however_it_was_set()
    {
        var fired = new List<string>();
        using var recurring = Timer("recurring", TimeSpan.FromSeconds(1));
        using var spent = Timer("spent", Timeout.InfiniteTimeSpan);
        _host.Advance(TimeSpan.FromSeconds(1));
        using var pending = Timer("pending", Timeout.InfiniteTimeSpan);
        fired.Clear();
        _clock.StopTimers();
        using var late = Timer("late", TimeSpan.FromSeconds(1));
        spent.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Should().BeFalse();
        recurring.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)).Should().BeFalse();
        _host.Advance(TimeSpan.FromHours(1));
        fired.Should().BeEmpty();

        ITimer Timer(string name, TimeSpan period) => _clock.CreateTimer(_ => fired.Add(name), null, TimeSpan.FromSeconds(1), period);
    }
}
