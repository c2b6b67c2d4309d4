using System.Text.Json;

namespace CloudSage.Analysis.Reporting;

/// <summary>The JSON form of a report: camelCase names, ISO dates, enums as text, and every amount and ratio as the text of an exact decimal.</summary>
public static class AnalysisJson
{
    /// <summary>Writes a report as indented JSON text.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text.</returns>
    public static string Serialize(CostAnalysisReport report) => JsonSerializer.Serialize(report, AnalysisJsonContext.Default.CostAnalysisReport);

    /// <summary>Writes a report as indented JSON, UTF-8.</summary>
    /// <param name="stream">Where to write it.</param>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is written.</returns>
    public static Task SerializeAsync(Stream stream, CostAnalysisReport report, CancellationToken cancellationToken)
        => JsonSerializer.SerializeAsync(stream, report, AnalysisJsonContext.Default.CostAnalysisReport, cancellationToken);
}
