using CloudSage.Analysis.Reporting;
using CloudSage.Plugins.Alerts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Reports;

/// <summary>What somebody should know, and who was told.</summary>
internal static class AlertTable
{
    public static IEnumerable<IRenderable> Of(CostAnalysisReport report)
    {
        yield return new Rule("[bold]Alerts[/]").LeftJustified();
        if (report.Alerts.Count == 0)
        {
            yield return new Markup("None.");
            yield return Text.Empty;
            yield break;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("Severity").AddColumn("Type").AddColumn("Day").AddColumn(new TableColumn("Change").RightAligned()).AddColumn("What");
        foreach (var alert in report.Alerts)
        {
            table.AddRow(
                $"[{ColorOf(alert.Severity)}]{alert.Severity}[/]", alert.Type.ToString(), PlainText.Day(alert.Date),
                PlainText.Percent(alert.ChangeRatio), PlainText.Escape(alert.Title));
        }

        yield return table;
        foreach (var told in report.Deliveries.GroupBy(static d => (d.Plugin, d.Channel, d.Status)))
        {
            var status = told.Key.Status.ToString().ToLowerInvariant();
            yield return new Markup($"{PlainText.Escape(told.Key.Plugin)} ({PlainText.Escape(told.Key.Channel)}): {told.Count()} {status}");
        }

        yield return Text.Empty;
    }

    private static string ColorOf(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical or AlertSeverity.Error => "red",
        AlertSeverity.Warning => "yellow",
        _ => "grey",
    };
}
