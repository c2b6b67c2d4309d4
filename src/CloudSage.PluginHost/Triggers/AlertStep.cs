using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Alerts;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Hands an alert to the plugin's alert handler.</summary>
internal sealed class AlertStep : IRunStep
{
    public bool AppliesTo(PluginRun run, IExtensionBroker broker) => run.Alert is not null && broker.Serves<IAlertHandler>(run.Plugin);

    public async Task<RunStepOutcome> RunAsync(PluginRun run, IExtensionBroker broker, CallOptions options, CancellationToken cancellationToken)
    {
        var call = await broker.InvokeAsync<IAlertHandler, Alert, AlertDelivery>(
            run.Plugin, run.Alert!, static (handler, alert, token) => handler.HandleAsync(alert, token), options, cancellationToken);
        if (!call.Succeeded) return RunStepOutcome.Of(call);
        if (call.Value is not { } delivery) return new RunStepOutcome(PluginRunStatus.Failed, call.Version) { Message = "The handler answered nothing." };
        var reached = delivery.Status is AlertDeliveryStatus.Delivered or AlertDeliveryStatus.Skipped;
        return new RunStepOutcome(reached ? PluginRunStatus.Succeeded : PluginRunStatus.Failed, call.Version)
        {
            Message = delivery.Error ?? $"{delivery.Channel}: {delivery.Status}",
            Output = RunText.CopyOutput([new("channel", delivery.Channel), new("delivery", delivery.Status.ToString())]),
        };
    }
}
