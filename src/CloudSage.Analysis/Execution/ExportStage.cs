using CloudSage.Analysis.Boundary;
using CloudSage.Analysis.Reporting;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Integrations;

namespace CloudSage.Analysis.Execution;

/// <summary>Hands recommendations and alerts to every integration.</summary>
internal sealed class ExportStage(IExtensionBroker broker)
{
    public async Task RunAsync(AnalysisRun run, CancellationToken cancellationToken)
    {
        var request = new IntegrationRequest
        {
            CorrelationId = run.Id,
            Recommendations = run.Recommendations.Snapshot(),
            Alerts = run.Alerts.Snapshot(),
            Parameters = run.Request.Parameters,
        };
        if (request.Recommendations.Count == 0 && request.Alerts.Count == 0) return;

        foreach (var integration in broker.Providers<IIntegration>())
        {
            var stream = broker.Stream<IIntegration, IntegrationRequest, IntegrationRecord>(
                integration.Plugin, request, static (i, request, token) => i.ExportAsync(request, token).EachAsync(static r => r.Detached()));
            await StreamIntake.ReadAsync(
                stream, run, "export", record => run.Exports.TryAdd(new ReportedExport(integration.Plugin, record)), cancellationToken);
        }
    }
}
