using CloudSage.Analysis.Reporting;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Optimization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Reports;

/// <summary>What would save money, the greatest savings first, and what was made of it.</summary>
internal static class RecommendationTable
{
    private const int MaxRows = 12;

    public static IEnumerable<IRenderable> Of(CostAnalysisReport report)
    {
        yield return new Rule("[bold]Recommendations[/]").LeftJustified();
        if (report.Recommendations.Count == 0)
        {
            yield return new Markup("None.");
        }
        else
        {
            yield return Table(report.Recommendations);
            yield return new Markup(Sum(report.Recommendations));
        }

        foreach (var export in report.Exports) yield return new Markup(Export(export));
        yield return Text.Empty;
    }

    private static string Export(ReportedExport export)
    {
        var record = export.Record;
        var what = record.ExternalId ?? record.Fields.GetValueOrDefault("path");
        var text = $"{export.Plugin}: {record.Operation} {record.Kind} {what}: {record.Status} {record.Error}";
        return PlainText.Escape(text.TrimEnd());
    }

    private static Table Table(IReadOnlyList<OptimizationRecommendation> recommendations)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("Do").AddColumn("Resource").AddColumn("From").AddColumn("To")
            .AddColumn(new TableColumn("Saves a month").RightAligned()).AddColumn(new TableColumn("").RightAligned()).AddColumn("By");
        foreach (var r in recommendations.Take(MaxRows))
        {
            table.AddRow(
                r.Action.ToString(), PlainText.Escape(r.ResourceId), PlainText.Escape(r.Current.Type), PlainText.Escape(r.Recommended?.Type),
                r.EstimatedMonthlySavings is { } saves ? $"[green]{PlainText.Amount(saves.Amount, saves.Currency)}[/]" : "unknown",
                PlainText.Percent(r.SavingsRatio), PlainText.Escape(r.Source));
        }

        if (recommendations.Count > MaxRows) table.AddRow($"[grey]and {recommendations.Count - MaxRows} more[/]");
        return table;
    }

    private static string Sum(IReadOnlyList<OptimizationRecommendation> recommendations)
    {
        var sums = recommendations.Select(static r => r.EstimatedMonthlySavings).OfType<Money>()
            .GroupBy(static m => m.Currency, StringComparer.Ordinal)
            .Select(static g => PlainText.Amount(g.Sum(static m => m.Amount), g.Key))
            .ToList();
        return sums.Count == 0 ? "Savings are not known." : $"[bold]Together up to {string.Join(" and ", sums)} a month.[/]";
    }
}
