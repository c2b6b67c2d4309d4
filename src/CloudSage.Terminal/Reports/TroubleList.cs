using CloudSage.Analysis.Reporting;
using CloudSage.PluginHost;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Reports;

/// <summary>What hooks remarked, what the analysis found wrong, and what failed inside plugins.</summary>
internal static class TroubleList
{
    public static IEnumerable<IRenderable> Of(CostAnalysisReport report)
    {
        var lines = Lines(report).ToList();
        if (lines.Count == 0) yield break;
        yield return new Rule("[bold]Findings and faults[/]").LeftJustified();
        foreach (var line in lines) yield return new Markup(line);
        yield return Text.Empty;
    }

    private static IEnumerable<string> Lines(CostAnalysisReport report) =>
    [
        .. report.Observations.Select(static o => $"{PlainText.Escape(o.Plugin)}: {PlainText.Escape(o.Code)}: {PlainText.Escape(o.Message)}"),
        .. report.Findings.Select(Line),
        .. report.Faults.Select(static f => $"[red]{PlainText.Escape(f.Plugin)}[/] {f.Status} during {PlainText.Escape(f.During)}: "
            + $"{PlainText.Escape(f.Code)}: {PlainText.Escape(f.Message)}"),
    ];

    /// <summary>A finding as one line: the place, code, message and remedy.</summary>
    public static string Line(Finding finding)
    {
        var color = finding.Severity switch { FindingSeverity.Error => "red", FindingSeverity.Warning => "yellow", _ => "grey" };
        return $"[{color}]{finding.Severity.ToString().ToLowerInvariant()}[/] {PlainText.Escape(finding.ToString())}";
    }
}
