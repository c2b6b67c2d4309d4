using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Services;

/// <summary>
/// Keeps one registry told of the newest state: at a change, and at a third of the lease. States that it had no time for are skipped; after a failure it is let be for a pause
/// that doubles.
/// </summary>
internal sealed class RegistryFeed(IServiceRegistry registry, ServiceHost host, ServicePublishingOptions options, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly RegistryCalls _calls = new(registry, options, clock, logger);
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private IReadOnlyList<ServiceEntry>? _newest;

    /// <summary>Takes note of what is served now. From any thread; never waits.</summary>
    public void Show(IReadOnlyList<ServiceEntry> services)
    {
        Volatile.Write(ref _newest, services);
        _changes.Writer.TryWrite(true);
    }

    /// <summary>Runs until the host stops, and then takes back what was made known.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var (pause, mayBeKnown) = (FirstPause, false);
        while (!stopping.IsCancellationRequested)
        {
            // Taken before the state is read, so that what changes from here on is a change.
            _changes.Reader.TryRead(out _);
            if (Volatile.Read(ref _newest) is not { } newest)
            {
                await WaitAsync(Timeout.InfiniteTimeSpan, stopping).ConfigureAwait(false);
                continue;
            }

            // A call that fails or takes too long may have made it known all the same.
            mayBeKnown = true;
            if (await _calls.TryAsync((r, token) => r.PublishAsync(Now(newest), token), stopping).ConfigureAwait(false))
            {
                pause = FirstPause;
                await WaitAsync(options.Lease / 3, stopping).ConfigureAwait(false);
            }
            else
            {
                await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }

        if (mayBeKnown) await _calls.TryLastAsync((r, token) => r.WithdrawAsync(host, token)).ConfigureAwait(false);
    }

    private HostServices Now(IReadOnlyList<ServiceEntry> services)
    {
        var now = clock.GetUtcNow();
        return new HostServices(host, now, now + options.Lease, services);
    }

    /// <summary>Waits for a change, at most so long.</summary>
    private async Task WaitAsync(TimeSpan most, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var changed = _changes.Reader.WaitToReadAsync(ended.Token).AsTask();
        var due = Task.Delay(most, clock, ended.Token);
        await Task.WhenAny(changed, due).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        // The one that lost ends by cancellation, which is no failure of its.
        await Task.WhenAll(changed, due).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
