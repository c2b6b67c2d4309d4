using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Unloading;

/// <summary>
/// Finds out whether unloaded versions really leave memory. Works on a loop of its own, never inside a continuation of a plugin,
/// and takes all that wait at once: a collection serves them all.
/// </summary>
internal sealed class UnloadVerifier(PluginEviction eviction, IOptionsMonitor<UnloadOptions> options, TimeProvider clock)
{
    private const int CollectionsAtOnce = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(640);
    private static readonly TimeSpan LeakedPause = TimeSpan.FromSeconds(30);

    /// <summary>Trimming takes milliseconds: with this pause, a thousandth of the time at most.</summary>
    private static readonly TimeSpan TrimPause = TimeSpan.FromSeconds(5);

    private const int EvictAgainAfter = 2;

    private readonly Channel<Departure> _arrivals = Channel.CreateUnbounded<Departure>(new UnboundedChannelOptions { SingleReader = true });

    private long? _trimmed;
    private bool _trimIsDue;

    /// <summary>
    /// Raised for each verdict, on the verifier's loop: once, again when what still ran in a version has ended, and again should one that
    /// was still there leave memory after all.
    /// </summary>
    public event Action<UnloadVerdict>? Decided;

    /// <summary>Raised right before the verdict on a version that did not leave memory, on the verifier's loop.</summary>
    public event Action<string, string, WeakReference>? Leaked;

    /// <summary>Watches a version that was just unloaded.</summary>
    public void Watch(Departure departure) => _arrivals.Writer.TryWrite(departure);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var leaked = new List<Departure>();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(leaked.Count > 0, cancellationToken).ConfigureAwait(false);
                var departures = new List<Departure>();
                while (_arrivals.Reader.TryRead(out var departure)) departures.Add(departure);
                leaked.RemoveAll(departures.Contains);
                _trimIsDue |= departures.Count > 0 && options.CurrentValue.ForceCollections;
                leaked.AddRange(await VerifyAsync(departures, cancellationToken).ConfigureAwait(false));
                leaked.RemoveAll(d => DecideIfGone(d, options.CurrentValue.MaxCollections));
                // What was left to a thread that still ran, or came after the verdict, can be taken now.
                leaked.ForEach(eviction.RunAgain);
                TrimNow();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The host stops: versions without a verdict end with the process.
                return;
            }
        }
    }

    /// <summary>Waits for a departure, or for the time to look at the leaked ones again, or to trim.</summary>
    private async Task WaitAsync(bool someLeaked, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_trimIsDue ? TrimPause : someLeaked ? LeakedPause : Timeout.InfiniteTimeSpan, clock);
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _arrivals.Reader.WaitToReadAsync(pause.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look at the leaked ones, or to trim.
        }
    }

    /// <summary>Collects until all are gone or the limit is reached; returns those that are still there.</summary>
    private async Task<List<Departure>> VerifyAsync(List<Departure> departures, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var collections = 1; departures.Count > 0; collections++)
        {
            var current = options.CurrentValue;
            await CollectAsync(current.ForceCollections, cancellationToken).ConfigureAwait(false);
            departures.RemoveAll(d => DecideIfGone(d, collections));
            if (departures.Count == 0) break;
            if (collections >= current.MaxCollections)
            {
                foreach (var departure in departures) DecideThatItStays(departure, collections);
                break;
            }

            // The first collection finds the context dead, the second the loader's own remains: no time needs to pass between them.
            if (collections < CollectionsAtOnce) continue;

            // Code that ran on until now may have left something behind after the first eviction.
            if (collections >= EvictAgainAfter) departures.ForEach(eviction.RunAgain);
            // A task of the plugin's that was cancelled needs a moment to end.
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return departures;
    }

    /// <summary>The heap is walked for it: now and then is enough where versions come and go all the time, and once after the last.</summary>
    private void TrimNow()
    {
        var now = clock.GetTimestamp();
        if (!_trimIsDue || (_trimmed is { } last && clock.GetElapsedTime(last, now) < TrimPause)) return;
        (_trimmed, _trimIsDue) = (now, false);
        NativeHeap.Trim();
    }

    private async Task CollectAsync(bool force, CancellationToken cancellationToken)
    {
        if (force)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            return;
        }

        var before = GC.CollectionCount(GC.MaxGeneration);
        while (GC.CollectionCount(GC.MaxGeneration) == before)
            await Task.Delay(LeakedPause, clock, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A version that still runs is looked at again as soon as it does no more.</summary>
    private void DecideThatItStays(Departure departure, int collections)
    {
        var stillRunning = departure.StillRunning;
        // First, so that whoever hears the verdict and asks what holds the version is not told that none is known.
        Leaked?.Invoke(departure.Plugin, departure.Version, departure.Context);
        Decide(departure, collected: false, collections, stillRunning);
        if (stillRunning.Count > 0) departure.Ended.ContinueWith(_ => Watch(departure), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private bool DecideIfGone(Departure departure, int collections)
    {
        if (departure.Context.IsAlive) return false;
        if (departure.HasLeft) return true;
        departure.HasLeft = true;
        Decide(departure, collected: true, collections, []);
        departure.ReleaseNatives?.Invoke();
        return true;
    }

    private void Decide(Departure departure, bool collected, int collections, IReadOnlyList<string> stillRunning) => Decided?.Invoke(new UnloadVerdict(
        departure.Plugin, departure.Version, collected, collections, clock.GetElapsedTime(departure.Since), clock.GetUtcNow())
    {
        Evicted = departure.Evicted,
        StillRunning = stillRunning,
        Departure = departure,
        Findings = departure.Findings,
    });
}
