using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Aggregation;

/// <summary>Aggregates a stream of translated charges in one pass, each currency on its own. Not thread-safe.</summary>
internal sealed class CostAggregator(ChargeFilter filter, AggregationLimits limits)
{
    private readonly Dictionary<string, CurrencyAggregate> _currencies = new(StringComparer.Ordinal);
    private readonly DataQualityList _quality = new(limits.DataQualityFindings);

    /// <summary>How many records were seen, counted or not.</summary>
    public long Records { get; private set; }

    public void Add(in TranslatedCost step)
    {
        if (step.Record is { } record) Add(record);
        if (step.Finding is { } finding) _quality.Add(finding);
    }

    /// <summary>The currencies in ordinal order. A source without any record gives one without a currency, so that its findings have a place.</summary>
    public IReadOnlyList<CurrencyAnalysis> Complete(CostMetric metric)
    {
        if (_currencies.Count == 0) _currencies.Add(GroupTable.NullKey, new CurrencyAggregate(filter, limits));
        var compared = _currencies
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (Currency: pair.Key, Aggregate: pair.Value, Daily: pair.Value.Daily()))
            .Select(entry => (entry.Currency, entry.Aggregate, entry.Daily, Comparison: DailyComparison.Of(entry.Daily, metric)))
            .ToList();

        foreach (var entry in compared)
        {
            foreach (var remark in entry.Aggregate.Remarks(entry.Currency).Concat(entry.Comparison.Remarks)) _quality.Add(remark);
        }

        var quality = _quality.ToList();
        return [.. compared.Select(entry => new CurrencyAnalysis(
            entry.Currency,
            entry.Aggregate.Provider,
            entry.Aggregate.Period,
            entry.Aggregate.ToResult(entry.Daily, quality),
            entry.Comparison.Changes,
            entry.Comparison.Spike))];
    }

    private void Add(CostRecord record)
    {
        Records++;
        var currency = CurrencyKey.Of(record.BillingCurrency);
        if (!_currencies.TryGetValue(currency, out var aggregate))
        {
            if (_currencies.Count >= limits.Currencies)
            {
                _quality.Add(new DataQualityFinding(record.SourceLine, nameof(CostRecord.BillingCurrency), AggregationCodes.TooManyCurrencies,
                    $"The source has more than {limits.Currencies} currencies.", RowSkipped: true));
                return;
            }

            aggregate = _currencies[currency] = new CurrencyAggregate(filter, limits);
        }

        if (aggregate.Add(record) is { } finding) _quality.Add(finding);
    }
}
