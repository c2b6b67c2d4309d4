using System.Threading.Channels;
using CloudSage.Analysis.Boundary;
using CloudSage.Analysis.Runs;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Capabilities;
using Microsoft.Extensions.Options;

namespace CloudSage.Analysis.Capabilities;

/// <summary>Takes alerts that plugins publish: into the run under way, or into a bounded queue where there is none.</summary>
internal sealed class AlertPublisher(ActiveRuns runs, IOptions<AnalysisOptions> options) : IAlertPublisher
{
    private readonly Channel<Alert> _waiting = Channel.CreateBounded<Alert>(
        new BoundedChannelOptions(options.Value.MaxWaitingAlerts) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>Alerts that no run has taken.</summary>
    public ChannelReader<Alert> Waiting => _waiting.Reader;

    public ValueTask<bool> PublishAsync(Alert alert, CancellationToken cancellationToken)
    {
        var own = alert.Detached();
        return ValueTask.FromResult(runs.Latest is { } run ? run.Alerts.TryAdd(own) : _waiting.Writer.TryWrite(own));
    }

    /// <summary>Refuses what comes from now on outside of a run.</summary>
    public void Complete() => _waiting.Writer.TryComplete();
}
