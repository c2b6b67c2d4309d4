using CloudSage.Analysis.Reporting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Reports;

/// <summary>A whole report as a person reads it: each source, alerts, recommendations, findings and faults.</summary>
public static class ReportView
{
    /// <summary>Lays a report out.</summary>
    /// <param name="report">The report.</param>
    /// <returns>What <see cref="TerminalOutput.Write"/> takes.</returns>
    public static IRenderable Of(CostAnalysisReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new Rows([
            .. report.Analyses.SelectMany(analysis => SourceView.Of(analysis, report.Alerts)),
            .. AlertTable.Of(report),
            .. RecommendationTable.Of(report),
            .. TroubleList.Of(report),
        ]);
    }
}
