using System.Collections.Concurrent;
using CloudSage.UnitTests.Triggers;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Services;

/// <summary>A clock that passes only when somebody waits on it, so that it never runs ahead of what it times.</summary>
internal sealed class WaitedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    /// <summary>Lets exactly this time pass as soon as somebody waits so long for the n-th time.</summary>
    public async Task PassAsync(TimeSpan wait, int nth, CancellationToken test)
    {
        await Eventually.Is(() => _waits.Count(asked => asked == wait) >= nth, test);
        Advance(wait);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Enqueue(dueTime);
        return timer;
    }
}
