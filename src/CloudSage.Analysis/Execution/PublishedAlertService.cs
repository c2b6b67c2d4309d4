using CloudSage.Analysis.Capabilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudSage.Analysis.Execution;

/// <summary>Delivers alerts that plugins publish while no analysis runs, one after another.</summary>
internal sealed class PublishedAlertService(AlertPublisher publisher, AlertDispatch dispatch, ILogger<PublishedAlertService> logger) : BackgroundService
{
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        publisher.Complete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var alert in publisher.Waiting.ReadAllAsync(stoppingToken))
        {
            foreach (var outcome in await dispatch.DeliverAsync(alert, stoppingToken))
            {
                if (outcome is { Succeeded: true, Value: { } delivery }) Log.AlertDelivered(logger, alert.AlertId, outcome.Plugin, delivery.Status);
                else Log.AlertNotDelivered(logger, alert.AlertId, outcome.Plugin, outcome.Fault?.Message ?? outcome.Status.ToString());
            }
        }
    }
}
