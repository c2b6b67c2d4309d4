using System.Diagnostics;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;

namespace CloudSage.Benchmarks.Leaks;

/// <summary>
/// Four callers who call a plugin through the broker, a little pause between calls, and note how long each call took with its pause: what
/// stops the process, if only for a moment, shows as the longest.
/// </summary>
internal sealed class Callers : IAsyncDisposable
{
    public const int Count = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly CancellationTokenSource _ending = new();
    private readonly Task[] _callers;
    private readonly Lock _gate = new();
    private Durations _turns = new();

    public Callers(RunningHost host, string plugin)
        => _callers = [.. Enumerable.Range(0, Count).Select(_ => Task.Factory.StartNew(() => Call(host, plugin), _ending.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

    /// <summary>The turns since it was asked last, and how many failed.</summary>
    public Durations Take()
    {
        lock (_gate)
        {
            var turns = _turns;
            _turns = new Durations();
            return turns;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_callers);
        _ending.Dispose();
    }

    /// <summary>On a thread of its own: what is measured is the process, not the queue of its pool.</summary>
    private void Call(RunningHost host, string plugin)
    {
        while (!_ending.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            Thread.Sleep(Pause);
            host.Broker.CallAsync(plugin, Commands.Inline).AsTask().GetAwaiter().GetResult().Checked();
            lock (_gate) _turns.Add(started);
        }
    }
}
