using CloudSage.Analysis.Reporting;
using CloudSage.Plugins.Alerts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Reports;

/// <summary>The daily cost as bars. Days for which a spike was reported are marked.</summary>
internal static class DailyChart
{
    private const int MaxDays = 31;

    public static IRenderable Of(SourceAnalysis analysis, IReadOnlyList<ReportedAlert> alerts)
    {
        var days = analysis.Daily.Skip(Math.Max(0, analysis.Daily.Count - MaxDays)).ToList();
        var greatest = days.Select(d => d.Cost(analysis.Metric)).DefaultIfEmpty().Max();
        var spikes = alerts
            .Where(a => a.Type == AlertType.CostSpikeDetected && a.ServiceName is null && a.Source == analysis.Source && a.Currency == analysis.Currency)
            .Where(static a => a.Date is not null)
            .ToLookup(static a => a.Date!.Value);

        var table = new Table().NoBorder().HideHeaders()
            .AddColumn("day").AddColumn(new TableColumn("cost").RightAligned()).AddColumn("bar").AddColumn("mark");
        foreach (var day in days)
        {
            var cost = day.Cost(analysis.Metric);
            var spike = spikes[day.Date].FirstOrDefault();
            table.AddRow(
                new Markup(PlainText.Day(day.Date)),
                new Markup(PlainText.Amount(cost)),
                new Bar(cost, greatest, new Style(spike is null ? Color.Teal : Color.Red)),
                new Markup(spike is null ? string.Empty : $"[red]<- spike, +{PlainText.Percent(spike.ChangeRatio)}[/]"));
        }

        var left = analysis.Daily.Count - days.Count;
        var title = $"Daily {analysis.Metric}, {PlainText.Escape(analysis.Currency)}"
            + (left > 0 ? $" (the last {days.Count} of {analysis.Daily.Count} days)" : string.Empty);
        return new Rows(new Markup($"[bold]{title}[/]"), table);
    }
}
