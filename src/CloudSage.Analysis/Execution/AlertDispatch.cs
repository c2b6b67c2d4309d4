using CloudSage.Analysis.Boundary;
using CloudSage.Analysis.Reporting;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Alerts;

namespace CloudSage.Analysis.Execution;

/// <summary>Hands alerts to every alert handler, whose answers are reported, and then to whoever else waits for alerts.</summary>
internal sealed class AlertDispatch(IExtensionBroker broker, IEventBus bus)
{
    /// <summary>Delivers the alerts of a run that were not delivered yet.</summary>
    public async Task DeliverAsync(AnalysisRun run, CancellationToken cancellationToken)
    {
        foreach (var alert in run.Alerts.TakeNew())
        {
            var outcomes = await broker.InvokeAllAsync<IAlertHandler, Alert, AlertDelivery>(
                alert, static async (handler, alert, token) => (await handler.HandleAsync(alert, token)).Present(), null, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var outcome in outcomes)
            {
                run.NoteFault(outcome, $"handle alert {alert.AlertId}");
                if (outcome is { Succeeded: true, Value: { } delivery }) run.Deliveries.TryAdd(ReportedDelivery.From(outcome.Plugin, delivery));
            }

            // Overflow is counted and reported by the bus.
            bus.Publish(alert, AlertAudience.AllButHandlers);
        }
    }
}
