using CloudSage.PluginHost.Advisories;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>Carries out a round of updates at the start, when something changed, and every few hours.</summary>
internal sealed class SecurityUpdateService(
    SecurityUpdateRound round, UpdateSignal signal, IAdvisoryWatch advisories, IOptionsMonitor<SecurityUpdateOptions> options, TimeProvider clock,
    ILogger<SecurityUpdateService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = ChangeToken.OnChange(advisories.GetChangeToken, signal.Request);
        try
        {
            while (true)
            {
                var next = await RunAsync(stoppingToken).ConfigureAwait(false) - clock.GetUtcNow();
                await signal.WaitAsync(next > TimeSpan.Zero && next < options.CurrentValue.Interval ? next.Value : options.CurrentValue.Interval, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops. What is under way is in the record, and the next start goes on from there.
        }
    }

    private async Task<DateTimeOffset?> RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await round.RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // A defect: the plugins go on as they are, and the next round may fare better.
            logger.RoundDefective(e);
            return null;
        }
    }
}
