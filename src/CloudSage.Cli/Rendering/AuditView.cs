using System.Globalization;
using CloudSage.PluginHost.Advisories;
using CloudSage.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Cli.Rendering;

/// <summary>Verdicts, then what was found, then what could not be told.</summary>
internal static class AuditView
{
    public static IRenderable Of(IReadOnlyList<PluginAudit> audits)
    {
        var verdicts = new Table().Border(TableBorder.Simple)
            .AddColumn("Plugin").AddColumn("Verdict").AddColumn(new TableColumn("Packages").RightAligned()).AddColumn("Advisories of");
        foreach (var (plugin, report) in audits)
        {
            verdicts.AddRow(
                PlainText.Escape(plugin), Verdict(report.Verdict), report.Packages.Count.ToString(CultureInfo.InvariantCulture),
                report.SnapshotDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-");
        }

        var open = audits.SelectMany(static a => a.Report.Matches.Select(match => Line(a.Plugin, match)));
        var waived = audits.SelectMany(static a => a.Report.Waived.Select(w => $"{PlainText.Escape(a.Plugin)}: waived until {w.Waiver.Expires:yyyy-MM-dd} ({PlainText.Escape(w.Waiver.Reason)}): {Named(w.Match)}"));
        var unresolved = audits.SelectMany(static a => a.Report.Unresolved.Select(sentence => $"{PlainText.Escape(a.Plugin)}: not told: {PlainText.Escape(sentence)}"));
        return new Rows([new Rule("[bold]Known vulnerabilities[/]").LeftJustified(), verdicts, .. open.Concat(waived).Concat(unresolved).Select(static line => new Markup(line)), Text.Empty]);
    }

    private static string Line(string plugin, AdvisoryMatch match)
        => $"{PlainText.Escape(plugin)}: [red]{match.Severity}[/] {Named(match)} {(match.FixedIn is { } version ? $"Mended in {PlainText.Escape(version)}." : "There is no version yet that mends it.")}"
            + (match.Expired is { } expired ? PlainText.Escape($" Its waiver expired on {expired.Expires.UtcDateTime:yyyy-MM-dd} ({expired.Reason}).") : string.Empty);

    private static string Named(AdvisoryMatch match)
        => PlainText.Escape($"{match.Package} ({match.Package.Source}): {string.Join(", ", match.Ids)}{(match.Summary.Length > 0 ? $": {match.Summary}." : ".")}");

    private static string Verdict(AdvisoryVerdict verdict) => verdict switch
    {
        AdvisoryVerdict.Clean => "[green]clean[/]",
        AdvisoryVerdict.Vulnerable => "[red]vulnerable[/]",
        AdvisoryVerdict.DatabaseStale => "[yellow]db-stale[/]",
        _ => "[yellow]not-scanned[/]",
    };
}
