using System.Diagnostics.Metrics;
using CloudSage.PluginHost.Triggers;
using Microsoft.Extensions.Logging;

namespace CloudSage.UnitTests.Triggers;

[CancelAfter(20_000)]
public sealed class EventQueueTests
{
    [Test]
    public async Task A_burst_of_refusals_is_logged_once_at_its_start_and_once_when_the_queue_is_half_empty(CancellationToken token)
    {
        using var meter = new Meter("test");
        var log = new ListLogger();
        var queue = new EventQueue<int>("slow", 4, new TriggerMetrics(meter), log);
        await using var reading = queue.ReadAllAsync(token).GetAsyncEnumerator(token);

        for (var i = 0; i < 10; i++) queue.Write(i).Should().Be(i < 4 ? EventQueueWrite.Queued : EventQueueWrite.Refused);
        log.Lines.Should().ContainSingle().Which.Should().Contain(TriggerCodes.QueueOverflow).And.Contain("slow");

        // One is read and one more queued, so the next is refused again: still the same burst.
        await reading.MoveNextAsync();
        queue.Write(10).Should().Be(EventQueueWrite.Queued);
        queue.Write(11).Should().Be(EventQueueWrite.Refused);
        log.Lines.Should().ContainSingle();

        await reading.MoveNextAsync();
        await reading.MoveNextAsync();
        log.Lines.Should().HaveCount(2);
        log.Lines[1].Should().Contain("7 messages");
        queue.Overflowed.Should().Be(7);
    }

    [Test]
    public async Task Work_that_is_started_in_the_background_does_not_carry_the_callers_execution_context(CancellationToken token)
    {
        var ambient = new AsyncLocal<string> { Value = "of a plugin" };
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = new BackgroundTasks();

        tasks.Start(() =>
        {
            seen.SetResult(ambient.Value);
            return Task.CompletedTask;
        });

        (await seen.Task.WaitAsync(token)).Should().BeNull();
        await tasks.WhenAll();
        ambient.Value.Should().Be("of a plugin");
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Lines.Add(formatter(state, exception));
    }
}
