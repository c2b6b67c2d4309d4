using CloudSage.Analysis.Aggregation;
using CloudSage.Analysis.Reporting;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Analysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.Analysis.Execution;

/// <summary>Analyses one source: recognise, tell the hooks, read and aggregate in one pass, tell the hooks again.</summary>
internal sealed class SourceAnalysisStage(
    IExtensionBroker broker, SourceRecognition recognition, AnalysisHooks hooks, IOptions<AnalysisOptions> options, ILogger<SourceAnalysisStage> logger)
{
    public async Task RunAsync(AnalysisRun run, CostSource source, string analysisId, RowProgress progress, CancellationToken cancellationToken)
    {
        if (await recognition.RecognizeAsync(run, analysisId, source, cancellationToken) is not { } recognised)
        {
            Log.SourceNotRecognized(logger, source.Name);
            return;
        }

        run.Enter(recognised);
        var complete = false;
        try
        {
            var context = Context(run, recognised);
            await hooks.BeforeAsync(run, context, cancellationToken);
            if (await AggregateAsync(run, recognised, progress, cancellationToken) is not { } aggregator) return;
            complete = true;

            foreach (var currency in aggregator.Complete(run.Request.Metric))
            {
                run.Analyses.Add(Reported(run, recognised, currency));
                if (aggregator.Records > 0) await hooks.AfterAsync(run, After(context, currency), cancellationToken);
            }

            if (aggregator.Records == 0) run.Findings.TryAdd(Empty(source));
            Log.SourceAnalyzed(logger, source.Name, recognised.Adapter, aggregator.Records);
        }
        finally
        {
            run.Leave(recognised, failed: !complete);
        }
    }

    /// <summary>The aggregated source; null where the adapter failed: sums over a part of a source would look like the whole.</summary>
    private async Task<CostAggregator?> AggregateAsync(AnalysisRun run, RunSource source, RowProgress progress, CancellationToken cancellationToken)
    {
        var aggregator = new CostAggregator(run.Request.ChargeFilter, AggregationLimits.From(options.Value));
        var stream = broker.Stream<ICloudAdapter, CostSource, TranslatedCost>(
            source.Adapter, source.Source, static (adapter, source, token) => adapter.TranslateAsync(source, token));
        await foreach (var step in stream.WithCancellation(cancellationToken))
        {
            aggregator.Add(step);
            progress.Report(aggregator.Records);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (stream.Outcome is not { Succeeded: false } outcome) return aggregator;

        run.NoteFault(outcome, $"translate {source.Source.Name}");
        run.Findings.TryAdd(Failed(source, outcome, aggregator.Records));
        Log.SourceFailed(logger, source.Source.Name, source.Adapter, outcome.Status);
        return null;
    }

    private static CostAnalysisContext Context(AnalysisRun run, RunSource source) => new()
    {
        AnalysisId = source.AnalysisId,
        Source = source.Source.Name,
        Adapter = source.Adapter,
        Metric = run.Request.Metric,
        ChargeFilter = run.Request.ChargeFilter,
        Parameters = run.Request.Parameters,
    };

    private static CostAnalysisContext After(CostAnalysisContext context, CurrencyAnalysis currency) => context with
    {
        Provider = currency.Provider,
        Period = currency.Period,
        Currency = currency.Currency,
        Result = currency.Result,
        DailyChanges = currency.DailyChanges,
        DailySpike = currency.DailySpike,
    };

    private static SourceAnalysis Reported(AnalysisRun run, RunSource source, CurrencyAnalysis currency) => new()
    {
        AnalysisId = source.AnalysisId,
        Source = source.Source.Name,
        Adapter = source.Adapter,
        Format = source.Format,
        Currency = currency.Currency,
        Provider = currency.Provider,
        Metric = run.Request.Metric,
        ChargeFilter = run.Request.ChargeFilter,
        RowCount = currency.Result.RowCount,
        Totals = currency.Result.Totals,
        Daily = currency.Result.Daily,
        DailyChanges = currency.DailyChanges,
        ByService = currency.Result.ByService,
        ByChargeCategory = currency.Result.ByChargeCategory,
        BySubAccount = currency.Result.BySubAccount,
        Commitment = currency.Result.Commitment,
        DataQuality = currency.Result.DataQuality,
    };

    private static Finding Failed(RunSource source, CallOutcome<long> outcome, long rows) => Finding.Error(
        AnalysisCodes.SourceFailed,
        $"{source.Adapter} could not translate {source.Source.Name} whole ({rows} records in): {outcome.Fault?.Message ?? outcome.Status.ToString()}",
        "There is no result for this source, for a part would look like the whole. Mend the source or the adapter.",
        new FindingLocation(source.Source.Location));

    private static Finding Empty(CostSource source) => Finding.Warning(
        AnalysisCodes.EmptySource,
        $"{source.Name} holds no charge that could be read.",
        "Check that it is the file you meant, and look at its data quality findings.",
        new FindingLocation(source.Location));
}
