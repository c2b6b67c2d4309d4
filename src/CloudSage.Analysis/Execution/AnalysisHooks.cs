using CloudSage.Analysis.Boundary;
using CloudSage.Analysis.Reporting;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Analysis;

namespace CloudSage.Analysis.Execution;

/// <summary>Calls the hooks around an analysis and takes in what they say.</summary>
internal sealed class AnalysisHooks(IExtensionBroker broker)
{
    public async Task BeforeAsync(AnalysisRun run, CostAnalysisContext context, CancellationToken cancellationToken)
        => Take(run, context, "before", await broker.InvokeAllAsync<ICostAnalysisHook, CostAnalysisContext, CostAnalysisHookResult>(
            context, static async (hook, context, token) => (await hook.BeforeAnalysisAsync(context, token)).Detached(), null, cancellationToken));

    public async Task AfterAsync(AnalysisRun run, CostAnalysisContext context, CancellationToken cancellationToken)
        => Take(run, context, "after", await broker.InvokeAllAsync<ICostAnalysisHook, CostAnalysisContext, CostAnalysisHookResult>(
            context, static async (hook, context, token) => (await hook.AfterAnalysisAsync(context, token)).Detached(), null, cancellationToken));

    private static void Take(
        AnalysisRun run, CostAnalysisContext context, string when, IReadOnlyList<CallOutcome<CostAnalysisHookResult>> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            run.NoteFault(outcome, $"hook {when} the analysis of {context.Source}");
            if (!outcome.Succeeded || outcome.Value is not { } result) continue;
            foreach (var alert in result.Alerts)
                run.Alerts.TryAdd(alert with { Plugin = outcome.Plugin, Scope = alert.Scope with { Source = alert.Scope.Source ?? context.Source } });
            foreach (var finding in result.Findings)
            {
                run.Observations.TryAdd(new ReportedObservation(
                    outcome.Plugin, context.Source, context.Currency, finding.Code, finding.Severity.ToString(), finding.Message));
            }
        }
    }
}
