using System.Globalization;
using CloudSage.Analysis.Reporting;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.Analysis.Execution;

/// <summary>A run from its sources to its report, stage by stage.</summary>
internal sealed class CostAnalyzer(
    IPluginHost host,
    ActiveRuns runs,
    SourceAnalysisStage sources,
    OptimizationStage optimization,
    AlertDispatch alerts,
    ExportStage export,
    IOptions<AnalysisOptions> options,
    TimeProvider time,
    ILogger<CostAnalyzer> logger) : ICostAnalyzer
{
    public async Task<CostAnalysisReport> AnalyzeAsync(
        CostAnalysisRequest request, IProgress<CostAnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = time.GetTimestamp();
        var run = new AnalysisRun(Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), request, options.Value);
        using var presence = runs.Enter(run);

        for (var i = 0; i < request.Sources.Count; i++)
        {
            var (source, number) = (request.Sources[i], i + 1);
            var rows = new RowProgress(progress, time, source, number, request.Sources.Count);
            await sources.RunAsync(run, source, string.Create(CultureInfo.InvariantCulture, $"{run.Id}-{number}"), rows, cancellationToken);
        }

        await NotifyAsync();
        if (request.Optimize)
        {
            Report(AnalysisStage.Optimizing);
            await optimization.RunAsync(run, cancellationToken);
            await NotifyAsync();
        }

        if (request.Export)
        {
            Report(AnalysisStage.Exporting);
            await export.RunAsync(run, cancellationToken);
            await NotifyAsync();
        }

        // A call that is given up comes back as an outcome: without this a run given up would look complete.
        cancellationToken.ThrowIfCancellationRequested();
        Report(AnalysisStage.Completed);
        var report = run.ToReport(host.Plugins);
        var elapsed = time.GetElapsedTime(started);
        Log.RunCompleted(logger, report.Analyses.Count, report.Alerts.Count, report.Recommendations.Count, report.Faults.Count, elapsed);
        return report;

        void Report(AnalysisStage stage) => progress?.Report(new CostAnalysisProgress(stage, null, 0, request.Sources.Count, 0, null));

        // Once after each stage: a plugin may publish alerts in any of them, and a handler that answers alerts with alerts must find an end.
        async Task NotifyAsync()
        {
            if (!request.Notify) return;
            Report(AnalysisStage.Notifying);
            await alerts.DeliverAsync(run, cancellationToken);
        }
    }
}
