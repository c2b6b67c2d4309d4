using System.Runtime.CompilerServices;
using CloudSage.Analysis.Aggregation;
using CloudSage.Analysis.Runs;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Capabilities;

/// <summary>Gives plugins the records of an analysis under way: streams its sources through their adapters again, so that none are kept in memory.</summary>
internal sealed class CostDataReader(IExtensionBroker broker, ActiveRuns runs) : ICostDataReader
{
    public async IAsyncEnumerable<CostRecord> ReadAsync(CostDataQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        foreach (var source in runs.Sources(query.AnalysisId))
        {
            var stream = broker.Stream<ICloudAdapter, CostSource, TranslatedCost>(
                source.Adapter, source.Source, static (adapter, source, token) => adapter.TranslateAsync(source, token));
            await foreach (var step in stream.WithCancellation(cancellationToken))
            {
                if (step.Record is { } record && Matches(query, record)) yield return record;
            }

            if (stream.Outcome is { Succeeded: false } outcome)
                throw new CostSourceException($"{source.Source.Name} cannot be read again: {outcome.Fault?.Message ?? outcome.Status.ToString()}");
        }
    }

    private static bool Matches(CostDataQuery query, CostRecord record)
        => (query.From is null || record.ChargePeriodStart >= query.From)
        && (query.To is null || record.ChargePeriodStart < query.To)
        && (query.Currency is null || CurrencyKey.Of(query.Currency) == CurrencyKey.Of(record.BillingCurrency))
        && (query.ServiceNames.Count == 0 || query.ServiceNames.Contains(record.ServiceName))
        && (query.ResourceIds.Count == 0 || query.ResourceIds.Contains(record.ResourceId))
        && query.ChargeFilter.Counts(record);
}
