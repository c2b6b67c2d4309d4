using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Discovery;

/// <summary>
/// Says when it is worth looking at the plugin directories again. Change signals are hints: lost, doubled or late ones cost time, never correctness,
/// for whoever waits here looks at everything, and at the latest after the rescan interval. For one waiter at a time.
/// </summary>
internal sealed class FolderWatcher : IDisposable
{
    /// <summary>So many hints in a row are answered at once: a whole folder that is moved in or out gives a few.</summary>
    public const int Burst = 8;

    private static readonly TimeSpan LeastPoll = TimeSpan.FromSeconds(1);
    private readonly DiscoveryOptions _options;
    private readonly TimeProvider _time;
    private readonly List<DirectoryWatch> _watches;

    // One place each: hints that come while one is waiting say nothing new.
    private readonly Channel<WakeReason> _hints = OnePlace();
    private readonly Channel<WakeReason> _pokes = OnePlace();

    /// <summary>When the hints that were answered would have been, had each waited its turn in the beat.</summary>
    private DateTimeOffset _answeredUpTo = DateTimeOffset.MinValue;

    public FolderWatcher(DiscoveryOptions options, TimeProvider time, ILogger<FolderWatcher> logger, StartChangeSignal? start = null, IEnumerable<string>? also = null)
    {
        _options = options;
        _time = time;
        _watches = [.. options.AbsoluteDirectories.Concat(also ?? []).Select(d => new DirectoryWatch(d, options, start ?? FileSystemChangeSignal.Start, Hint, time, logger))];
    }

    /// <summary>Ends the wait at once; for operators and tests who know that there is something to see.</summary>
    public void Poke() => _pokes.Writer.TryWrite(WakeReason.Poke);

    /// <summary>Waits until it is worth looking again.</summary>
    /// <param name="until">When to look at the latest; null for no other limit than the rescan interval.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    public async ValueTask<WakeReason> WaitAsync(DateTimeOffset? until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_pokes.Reader.TryRead(out var poked))
            return poked;
        if (EnsureWatches())
            return WakeReason.Hint;

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var poke = _pokes.Reader.WaitToReadAsync(ended.Token).AsTask();
        var hint = HintAsync(ended.Token);
        var deadline = Task.Delay(Pause(until), _time, ended.Token);
        var first = await Task.WhenAny(poke, hint, deadline);

        // The two that lost end by cancellation, which is no failure of theirs.
        await ended.CancelAsync();
        await Task.WhenAll(poke, hint, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        // A hint that was taken must be answered, even where a poke came first: the poke is still there for the next wait.
        if (hint.IsCompletedSuccessfully)
            return WakeReason.Hint;
        return first == poke && _pokes.Reader.TryRead(out poked) ? poked : WakeReason.Deadline;
    }

    public void Dispose()
    {
        foreach (var watch in _watches)
            watch.Dispose();
    }

    private void Hint() => _hints.Writer.TryWrite(WakeReason.Hint);

    /// <summary>The first hints after a calm are answered at once, a storm in a steady beat, not with one scan for each write.</summary>
    private async Task HintAsync(CancellationToken cancellationToken)
    {
        await _hints.Reader.WaitToReadAsync(cancellationToken);
        var beat = _options.SettleWindow / 5;
        var ahead = _answeredUpTo - _time.GetUtcNow() - (beat * (Burst - 1));
        // More than a beat ahead it can only be where the clock was set back.
        if (ahead > TimeSpan.Zero && ahead <= beat)
            await Task.Delay(ahead, _time, cancellationToken);

        // Taken only now, so that a hint whose wait was given up is not lost.
        _hints.Reader.TryRead(out _);
        var now = _time.GetUtcNow();
        var isAhead = _answeredUpTo > now && _answeredUpTo - now <= beat * Burst;
        _answeredUpTo = (isAhead ? _answeredUpTo : now) + beat;
    }

    private bool EnsureWatches()
    {
        var started = false;
        foreach (var watch in _watches)
            started |= watch.Ensure();
        return started;
    }

    private TimeSpan Pause(DateTimeOffset? until)
    {
        var pause = _options.RescanInterval;
        if (_watches.Any(static w => w.NeedsPolling))
            pause = Min(pause, _options.PollInterval > LeastPoll ? _options.PollInterval : LeastPoll);
        if (until is { } time)
            pause = Min(pause, time - _time.GetUtcNow());
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    private static Channel<WakeReason> OnePlace()
        => Channel.CreateBounded<WakeReason>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

/// <summary>Why a wait ended.</summary>
internal enum WakeReason
{
    /// <summary>The operating system signalled a change, or signals were started and something may have been missed.</summary>
    Hint,

    /// <summary>It is time to look again.</summary>
    Deadline,

    /// <summary>Somebody asked for it.</summary>
    Poke,
}
