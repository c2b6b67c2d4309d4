using CloudSage.PluginHost.Advisories.Scanning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudSage.PluginHost.Advisories.Watching;

/// <summary>
/// Looks at short intervals whether judgements rest on something else than before. A look costs two calls of the file system while nothing changes, finds every kind of
/// change by one comparison, and works on file systems that signal nothing.
/// </summary>
internal sealed class AdvisoryWatch(AdvisoryScanner scanner, IOptionsMonitor<AdvisoryOptions> options, TimeProvider clock, ILogger<AdvisoryWatch> logger)
    : BackgroundService, IAdvisoryWatch
{
    private CancellationTokenSource _change = new();
    private AdvisoryBasis? _basis;

    /// <summary>What the operator wanted when somebody began to listen, which is before anything is judged.</summary>
    private AdvisoryTerms? _firstTerms;

    public IChangeToken GetChangeToken()
    {
        _firstTerms ??= AdvisoryTerms.Of(options.CurrentValue, clock.GetUtcNow());
        return new CancellationChangeToken(Volatile.Read(ref _change).Token);
    }

    /// <summary>Compares what judgements rest on with what it was at the last look, and tells where it is something else.</summary>
    public void Look(CancellationToken cancellationToken)
    {
        var basis = AdvisoryBasis.Of(options.CurrentValue, scanner.Databases, clock.GetUtcNow(), cancellationToken);
        // At the first look, whatever was judged before was judged by the same, unless a second database has been met already or the options have changed since.
        var isNew = _basis is null ? basis.Generation > 1 || (_firstTerms is { } terms && terms != basis.Terms) : _basis != basis;
        _basis = basis;
        if (!isNew) return;
        logger.BasisChanged();
        Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
    }

    public override void Dispose()
    {
        _change.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var interval = Timeout.InfiniteTimeSpan;
            try
            {
                interval = options.CurrentValue.LookInterval;
                Look(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Options that were changed to something invalid, or a file system that fails in a way nobody thought of: what was known goes on counting.
                logger.LookFailed(e.Message);
            }

            await Task.Delay(interval > TimeSpan.Zero ? interval : PauseAfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(15);
}
