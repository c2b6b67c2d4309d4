using CloudSage.Analysis.Boundary;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Capabilities;

namespace CloudSage.Analysis.Capabilities;

/// <summary>Takes alerts that plugins publish: into the run under way, so that they are in its report, or onto the host's bus where there is none.</summary>
internal sealed class AlertPublisher(ActiveRuns runs, IEventBus bus) : IAlertPublisher
{
    public ValueTask<bool> PublishAsync(Alert alert, CancellationToken cancellationToken)
    {
        var own = alert.Detached();
        return ValueTask.FromResult(runs.Latest is { } run ? run.Alerts.TryAdd(own) : bus.Publish(own));
    }
}
