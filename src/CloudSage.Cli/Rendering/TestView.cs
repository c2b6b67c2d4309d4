using System.Globalization;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Testing.Fixtures;
using CloudSage.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Cli.Rendering;

/// <summary>A test of a plugin, for people: the calls, the answers, and whether it left memory.</summary>
internal static class TestView
{
    private const int MaxRows = 10;

    public static IRenderable Of(PluginTestReport report)
    {
        var replay = report.Replay;
        List<IRenderable> parts = [new Rule($"[bold]{PlainText.Escape(report.Plugin)} {PlainText.Escape(report.Version)}[/]").LeftJustified(), Calls(replay.Calls)];
        parts.AddRange(replay.Problems.Select(static problem => new Markup($"[red]{PlainText.Escape(problem)}[/]")));
        parts.AddRange(replay.Calls.Where(static c => c.Fault is not null).Select(static c => new Markup(PlainText.Escape($"{c.Fault!.Code}: {c.Fault.ExceptionType}: {c.Fault.Message}"))));
        parts.AddRange(Answers(replay));
        parts.AddRange(DiagnosisView.Left(report.Unload));
        parts.Add(new Markup(report.Passed ? "[green]Passed.[/]" : "[red]Failed.[/]"));
        return new Rows(parts);
    }

    private static Table Calls(IReadOnlyList<FixtureCall> calls)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("Extension point").AddColumn("Given").AddColumn("Outcome").AddColumn(new TableColumn("Answers").RightAligned()).AddColumn(new TableColumn("Time").RightAligned());
        foreach (var call in calls)
        {
            var color = call.Status == CallStatus.Succeeded ? "green" : "red";
            table.AddRow(PlainText.Escape(call.ExtensionPoint), PlainText.Escape(call.Input), $"[{color}]{call.Status}[/]", PlainText.Count(call.Results), PlainText.Elapsed(call.Elapsed));
        }

        return table;
    }

    private static IEnumerable<IRenderable> Answers(FixtureReplay replay) =>
    [
        .. List("Records", replay.Costs, static c => string.Create(CultureInfo.InvariantCulture, $"{c.ChargePeriodStart:yyyy-MM-dd} {c.ServiceName}: {c.BilledCost} {c.BillingCurrency}")),
        .. List("Data quality", replay.DataQuality, static f => $"line {f.Line}, {f.Column}: {f.Code}: {f.Message}"),
        .. List("Resources", replay.Resources, static r => $"{r.ResourceType} {r.ResourceId}: {r.State}"),
        .. List("Recommendations", replay.Recommendations, static r => $"{r.Action} {r.ResourceId}{(r.EstimatedMonthlySavings is { } saves ? $", saves {saves} a month" : "")}: {string.Join(' ', r.Reasons)}"),
        .. List("Remarks", replay.Remarks, static r => $"{r.Severity} {r.Code}: {r.Message}"),
        .. List("Alerts", replay.Alerts, static a => $"{a.Severity} {a.Type}: {a.Title}"),
        .. List("Deliveries", replay.Deliveries, static d => $"{d.AlertId} to {d.Channel}: {d.Status} {d.Error}"),
        .. List("Exchanged", replay.Records, static r => $"{r.Operation} {r.Kind} {r.ExternalId}: {r.Status} {r.Error}"),
    ];

    private static IEnumerable<IRenderable> List<T>(string title, IReadOnlyList<T> items, Func<T, string> line)
    {
        if (items.Count == 0) yield break;
        yield return new Markup($"[bold]{title}[/]");
        foreach (var item in items.Take(MaxRows)) yield return new Markup($"  {PlainText.Escape(line(item).TrimEnd())}");
        if (items.Count > MaxRows) yield return new Markup($"  [grey]and {items.Count - MaxRows} more; all are in the JSON[/]");
        yield return Text.Empty;
    }
}
