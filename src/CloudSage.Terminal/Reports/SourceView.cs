using CloudSage.Analysis.Reporting;
using CloudSage.Plugins.Analysis;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Reports;

/// <summary>One source in one currency: totals, days, services and what was wrong in it.</summary>
internal static class SourceView
{
    private const int MaxServices = 8;
    private const int MaxFindings = 5;

    public static IEnumerable<IRenderable> Of(SourceAnalysis analysis, IReadOnlyList<ReportedAlert> alerts)
    {
        yield return new Rule($"[bold]{PlainText.Escape(analysis.Source)}[/]").LeftJustified();
        yield return new Markup(Summary(analysis));
        yield return Text.Empty;
        yield return DailyChart.Of(analysis, alerts);
        yield return Text.Empty;
        yield return Services(analysis);
        if (analysis.DataQuality.Count > 0) yield return Quality(analysis.DataQuality);
        yield return Text.Empty;
    }

    private static string Summary(SourceAnalysis analysis)
    {
        var (totals, currency) = (analysis.Totals, analysis.Currency);
        var commitment = analysis.Commitment is { Coverage: { } coverage, Utilization: { } utilization }
            ? $"; commitments cover {PlainText.Percent(coverage)} and are used to {PlainText.Percent(utilization)}"
            : string.Empty;
        return $"{PlainText.Escape(analysis.Format ?? analysis.Adapter)}, read by {PlainText.Escape(analysis.Adapter)}: "
            + $"{PlainText.Count(analysis.RowCount)} records, {analysis.Daily.Count} days\n"
            + $"effective [bold]{PlainText.Amount(totals.EffectiveCost, currency)}[/], billed {PlainText.Amount(totals.BilledCost, currency)}, "
            + $"list {PlainText.Amount(totals.ListCost, currency)}{commitment}";
    }

    private static Table Services(SourceAnalysis analysis)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("Service")
            .AddColumn(new TableColumn("Records").RightAligned())
            .AddColumn(new TableColumn("Effective").RightAligned())
            .AddColumn(new TableColumn("Billed").RightAligned())
            .AddColumn(new TableColumn("List").RightAligned());
        foreach (var group in analysis.ByService.Take(MaxServices))
            AddRow(table, PlainText.Escape(group.Key), [group]);
        if (analysis.ByService.Count > MaxServices)
            AddRow(table, $"[grey]and {analysis.ByService.Count - MaxServices} more[/]", [.. analysis.ByService.Skip(MaxServices)]);
        return table;
    }

    private static void AddRow(Table table, string title, IReadOnlyList<CostGroup> groups) => table.AddRow(
        title,
        PlainText.Count(groups.Sum(static g => g.Rows)),
        PlainText.Amount(groups.Sum(static g => g.EffectiveCost)),
        PlainText.Amount(groups.Sum(static g => g.BilledCost)),
        PlainText.Amount(groups.Sum(static g => g.ListCost)));

    private static Rows Quality(IReadOnlyList<DataQualityFinding> findings)
    {
        var lines = findings.Take(MaxFindings)
            .Select(static f => new Markup($"  {Place(f)}{PlainText.Escape(f.Code)}: {PlainText.Escape(f.Message)}")).ToList();
        lines.Insert(0, new Markup($"[yellow]Data quality: {findings.Count} finding(s)[/]"));
        if (findings.Count > MaxFindings) lines.Add(new Markup($"  [grey]and {findings.Count - MaxFindings} more; all are in the JSON[/]"));
        return new Rows(lines);
    }

    private static string Place(DataQualityFinding finding)
        => (finding.Line is { } line ? $"line {line}, " : string.Empty) + (finding.Column is { } column ? $"{PlainText.Escape(column)}: " : string.Empty);
}
