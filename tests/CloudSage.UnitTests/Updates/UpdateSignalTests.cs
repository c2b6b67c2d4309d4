using CloudSage.PluginHost.Updates.Applying;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Updates;

/// <summary>When the next round comes.</summary>
public sealed class UpdateSignalTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    private readonly FakeTimeProvider _clock = new();

    [Test, CancelAfter(30_000)]
    public async Task A_round_comes_when_it_is_requested_even_before_anyone_waits(CancellationToken cancellationToken)
    {
        var signal = new UpdateSignal(_clock);
        signal.Request();
        signal.Request();
        await signal.WaitAsync(Interval, cancellationToken);
        var next = signal.WaitAsync(Interval, cancellationToken);
        next.IsCompleted.Should().BeFalse("several requests are one round");
        signal.Request();
        await next;
    }

    [Test, CancelAfter(30_000)]
    public async Task A_round_comes_when_it_is_time_and_none_is_lost_by_it(CancellationToken cancellationToken)
    {
        var signal = new UpdateSignal(_clock);
        var waiting = signal.WaitAsync(Interval, cancellationToken);
        _clock.Advance(Interval);
        await waiting;
        signal.Request();
        await signal.WaitAsync(Interval, cancellationToken);
    }

    [Test]
    public async Task The_end_of_the_host_ends_the_wait()
    {
        using var stopping = new CancellationTokenSource();
        var waiting = new UpdateSignal(_clock).WaitAsync(Interval, stopping.Token);
        await stopping.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
    }
}
