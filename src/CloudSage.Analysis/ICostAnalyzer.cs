using CloudSage.Analysis.Reporting;

namespace CloudSage.Analysis;

/// <summary>Runs cost analyses with the plugins that are active.</summary>
public interface ICostAnalyzer
{
    /// <summary>
    /// Recognises, reads and aggregates each source, and calls hooks, optimisers, alert handlers and integrations.
    /// What a plugin does wrong is in the report and never ends the run.
    /// </summary>
    /// <param name="request">What to analyse.</param>
    /// <param name="progress">Told how far the run is.</param>
    /// <param name="cancellationToken">Gives up the run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="OperationCanceledException">The run was given up.</exception>
    Task<CostAnalysisReport> AnalyzeAsync(
        CostAnalysisRequest request, IProgress<CostAnalysisProgress>? progress, CancellationToken cancellationToken);
}
