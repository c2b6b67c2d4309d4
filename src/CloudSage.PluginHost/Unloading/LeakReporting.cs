using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Unloading;

/// <summary>
/// Has the process looked into for what keeps unloaded versions in memory: by itself after a bad verdict, as often as the options allow, and on
/// demand. A loop of its own, so that neither calls nor verdicts wait; one look serves all that wait.
/// </summary>
internal sealed class LeakReporting(IEnumerable<ILeakAnalyzer> analyzers, IOptionsMonitor<UnloadOptions> options, TimeProvider clock, ILogger<LeakReporting> logger)
{
    private readonly ILeakAnalyzer? _analyzer = analyzers.LastOrDefault();
    private readonly Channel<Wish> _wishes = Channel.CreateUnbounded<Wish>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Leaked> _leaked = [];
    private readonly Dictionary<string, DateTimeOffset> _reportedAt = new(StringComparer.Ordinal);
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;

    /// <summary>Raised for each report, on the loop.</summary>
    public event Action<LeakReport>? Reported;

    /// <summary>A version did not leave memory.</summary>
    public void Leaks(string plugin, string version, WeakReference context)
        => _wishes.Writer.TryWrite(new Wish(new Leaked(plugin, version, context), null, null));

    /// <summary>Looks at a plugin now.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="serving">The version that serves and its load context; null where none does.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public async Task<PluginDiagnosis> DiagnoseAsync(string plugin, (string Version, WeakReference Context)? serving, CancellationToken cancellationToken)
    {
        if (_analyzer is null) return new PluginDiagnosis(plugin, [], null, "This host has no leak analyzer: add the package CloudSage.PluginHost.Diagnostics and AddLeakReports().");
        var done = new TaskCompletionSource<PluginDiagnosis>(TaskCreationOptions.RunContinuationsAsynchronously);
        var holder = serving is { } s ? new Leaked(plugin, s.Version, s.Context) : null;
        if (!_wishes.Writer.TryWrite(new Wish(holder, plugin, done))) return new PluginDiagnosis(plugin, [], null, "The plugin host has stopped.");
        return await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await WaitAsync(cancellationToken).ConfigureAwait(false);
                while (_wishes.Reader.TryRead(out var wish))
                {
                    if (wish.Done is not null) await AnswerAsync(wish, cancellationToken).ConfigureAwait(false);
                    else if (wish.Version is { } leaked) Note(leaked);
                }

                _leaked.RemoveAll(static l => !l.Context.IsAlive);
                if (Due() is { Count: > 0 } due) await ReportAsync(due, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops: nobody reads reports any more.
        }
        finally
        {
            _wishes.Writer.TryComplete();
            while (_wishes.Reader.TryRead(out var wish)) wish.Done?.TrySetResult(new PluginDiagnosis(wish.Plugin!, [], null, "The plugin host has stopped."));
        }
    }

    private void Note(Leaked leaked)
    {
        // Said again of a version that ran on, has ended since, and is still there: what held it then is not what holds it now.
        _leaked.RemoveAll(l => ReferenceEquals(l.Context, leaked.Context));
        _leaked.Add(leaked);
    }

    /// <summary>Waits for a wish, or until a version that had to wait for its report is due.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(NextDue() ?? Timeout.InfiniteTimeSpan, clock);
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _wishes.Reader.WaitToReadAsync(pause.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time for a report that had to wait.
        }
    }

    private TimeSpan? NextDue()
    {
        var unreported = _leaked.Where(static l => !l.IsReported).ToArray();
        if (_analyzer is null || !options.CurrentValue.LeakReports.Automatic || unreported.Length == 0) return null;
        var wait = unreported.Min(DueAt) - clock.GetUtcNow();
        return wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1);
    }

    private DateTimeOffset DueAt(Leaked leaked)
    {
        var current = options.CurrentValue.LeakReports;
        var general = _lookedAt == DateTimeOffset.MinValue ? _lookedAt : _lookedAt + current.Interval;
        return _reportedAt.TryGetValue(leaked.Plugin, out var at) && at + current.IntervalPerPlugin > general ? at + current.IntervalPerPlugin : general;
    }

    private List<Leaked> Due()
    {
        if (_analyzer is null || !options.CurrentValue.LeakReports.Automatic) return [];
        var now = clock.GetUtcNow();
        return [.. _leaked.Where(l => !l.IsReported && DueAt(l) <= now)];
    }

    private async Task AnswerAsync(Wish wish, CancellationToken cancellationToken)
    {
        var reports = await ReportAsync([.. _leaked.Where(l => l.Plugin == wish.Plugin && l.Context.IsAlive)], cancellationToken).ConfigureAwait(false);
        var holdings = wish.Version is { } serving ? await MeasureAsync(serving, cancellationToken).ConfigureAwait(false) : null;
        wish.Done!.TrySetResult(new PluginDiagnosis(wish.Plugin!, reports, holdings));
    }

    private async Task<IReadOnlyList<LeakReport>> ReportAsync(IReadOnlyList<Leaked> leaked, CancellationToken cancellationToken)
    {
        // Where there is nothing to look for, nothing is looked at, and the next look need not wait for it.
        if (_analyzer is null || leaked.Count == 0) return [];
        var handles = leaked.Select(static l => Track(l.Context)).ToArray();
        try
        {
            LeakSubject[] subjects = [.. leaked.Zip(handles, static (l, h) => new LeakSubject(l.Plugin, l.Version, GCHandle.ToIntPtr(h)))];
            var reports = await _analyzer.AnalyzeAsync(subjects, options.CurrentValue.LeakReports.ToLimits(), cancellationToken).ConfigureAwait(false);
            foreach (var report in reports) Reported?.Invoke(report);
            return reports;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A look into a process can fail in ways of the platform's; the host goes on without a report.
            logger.LookFailed(e);
            return [];
        }
        finally
        {
            foreach (var handle in handles) handle.Free();
            _lookedAt = clock.GetUtcNow();
            foreach (var reported in leaked) (reported.IsReported, _reportedAt[reported.Plugin]) = (true, _lookedAt);
        }
    }

    private async Task<PluginHoldings?> MeasureAsync(Leaked serving, CancellationToken cancellationToken)
    {
        var handle = Track(serving.Context);
        try
        {
            var subject = new LeakSubject(serving.Plugin, serving.Version, GCHandle.ToIntPtr(handle));
            return await _analyzer!.MeasureAsync(subject, options.CurrentValue.LeakReports.ToLimits(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // As above.
            logger.LookFailed(e);
            return null;
        }
        finally
        {
            handle.Free();
        }
    }

    /// <summary>In a frame of its own, so that no stack holds the context while the process is looked into.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GCHandle Track(WeakReference context) => GCHandle.Alloc(context.Target, GCHandleType.WeakTrackResurrection);

    private sealed record Leaked(string Plugin, string Version, WeakReference Context)
    {
        public bool IsReported { get; set; }
    }

    /// <summary>A version that leaked, or a question about a plugin.</summary>
    private sealed record Wish(Leaked? Version, string? Plugin, TaskCompletionSource<PluginDiagnosis>? Done);
}
