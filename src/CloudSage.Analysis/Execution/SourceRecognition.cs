using CloudSage.Analysis.Boundary;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Adapters;

namespace CloudSage.Analysis.Execution;

/// <summary>Asks every adapter whether it can translate a source, and takes the surest.</summary>
internal sealed class SourceRecognition(IExtensionBroker broker)
{
    /// <summary>The adapter for a source; null where no adapter recognises it, which is noted in the run with what each said.</summary>
    public async Task<RunSource?> RecognizeAsync(AnalysisRun run, string analysisId, CostSource source, CancellationToken cancellationToken)
    {
        var answers = await broker.InvokeAllAsync<ICloudAdapter, CostSource, CostSourceMatch>(
            source,
            static async (adapter, source, token) => (await adapter.RecognizeAsync(source, token)).Present(),
            null,
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var answer in answers) run.NoteFault(answer, $"recognize {source.Name}");

        var best = answers
            .Where(static answer => answer is { Succeeded: true, Value.Confidence: > 0m })
            .OrderByDescending(static answer => answer.Value!.Confidence)
            .ThenBy(static answer => answer.Plugin, StringComparer.Ordinal)
            .FirstOrDefault();
        if (best.Value is { } match) return new RunSource(analysisId, source, best.Plugin, match.Format);

        run.Findings.TryAdd(answers.Count == 0 ? NoAdapter(source) : Unknown(source, answers));
        return null;
    }

    private static Finding NoAdapter(CostSource source) => Finding.Error(
        AnalysisCodes.NoAdapter,
        $"{source.Name} cannot be read, for no adapter is active.",
        "Put a plugin of type cloud-adapter into the plugin folder, and look at the states of the plugins.",
        new FindingLocation(source.Location));

    private static Finding Unknown(CostSource source, IReadOnlyList<CallOutcome<CostSourceMatch>> answers) => Finding.Error(
        AnalysisCodes.UnknownSource,
        $"No adapter recognises {source.Name}. " + string.Join(" ", answers.Select(static answer => $"{answer.Plugin}: {Reason(answer)}")),
        "Add an adapter for it, or check that it is the file you meant.",
        new FindingLocation(source.Location));

    private static string Reason(CallOutcome<CostSourceMatch> answer)
    {
        var reason = answer.Succeeded ? answer.Value?.Reason ?? "no reason given" : answer.Fault?.Message ?? answer.Status.ToString();
        return reason.EndsWith('.') ? reason : reason + ".";
    }
}
