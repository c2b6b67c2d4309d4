using CloudSage.Analysis.Reporting;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.Terminal.Plugins;
using CloudSage.Terminal.Reports;

namespace CloudSage.Cli.Commands;

/// <summary>One analysis: check what was asked, start the plugins, analyse, print.</summary>
internal sealed class Analyze(AnalyzeArguments arguments, Answer answer)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var findings = arguments.Check().ToList();
        var settings = PluginSetting.Read(arguments.Settings, findings);
        if (findings.Count > 0) return answer.Refuse(findings);

        var request = new SessionRequest(arguments.Plugins) { Settings = settings, Inventory = arguments.Inventory, Verbose = arguments.Verbose };
        await using var session = await Progress.WhileAsync(answer.Error, "starting plugins", _ => PluginSession.StartAsync(request, cancellationToken));
        var unusable = settings.Select(static s => s.Plugin).Distinct().SelectMany(plugin => Unusable(plugin, session.Plugins)).ToList();
        if (unusable.Count > 0) return answer.Refuse(unusable);

        var report = await Progress.WhileAsync(answer.Error, "analysing",
            progress => session.Analyzer.AnalyzeAsync(arguments.ToRequest(), progress, cancellationToken));
        await PrintAsync(report, session.Plugins.Plugins, cancellationToken);
        return report.Findings.Any(static f => f.Severity == FindingSeverity.Error) ? ExitCodes.BadInput : ExitCodes.Success;
    }

    private async Task PrintAsync(CostAnalysisReport report, IReadOnlyList<PluginStatus> plugins, CancellationToken cancellationToken)
    {
        if (answer.IsJson)
        {
            foreach (var finding in report.Findings) answer.Remark(finding);
            var whole = report with { Findings = [.. report.Findings, .. plugins.SelectMany(static p => p.Findings)] };
            await answer.WriteAsync((stream, token) => AnalysisJson.SerializeAsync(stream, whole, token), cancellationToken);
        }
        else
        {
            answer.Output.Write(PluginTable.Of(plugins));
            answer.Output.Write(ReportView.Of(report));
        }
    }

    /// <summary>A setting for a plugin that does not run, or that the plugin refuses, would go unheard: that is an error, not a result.</summary>
    private static IEnumerable<Finding> Unusable(string plugin, IPluginHost host) => host.Find(plugin) switch
    {
        null => [PluginFolder.Unknown(plugin, host.Plugins)],
        { State: PluginState.Active } => [],
        var other =>
        [
            Finding.Error(CliCodes.SettingNotUsable, $"{plugin} is {other.State}, so its settings have no effect.", "Correct what follows."),
            .. other.Findings,
        ],
    };
}
