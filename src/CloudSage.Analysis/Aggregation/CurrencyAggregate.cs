using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Aggregation;

/// <summary>The sums of one source in one currency.</summary>
internal sealed class CurrencyAggregate(ChargeFilter filter, AggregationLimits limits)
{
    private readonly Dictionary<DateOnly, CostSlot> _days = [];
    private readonly GroupTable _services = new(limits.Groups);
    private readonly GroupTable _categories = new(limits.Groups);
    private readonly GroupTable _subAccounts = new(limits.Groups);
    private CommitmentTally _commitment;
    private CostSum _total;
    private string? _provider;
    private bool _severalProviders;
    private bool _rounded;

    public string? Provider => _severalProviders ? null : _provider;

    public CostPeriod? Period => _days.Count == 0 ? null : new CostPeriod(_days.Keys.Min(), _days.Keys.Max());

    /// <summary>Counts a record in every sum, or in none and says why.</summary>
    public DataQualityFinding? Add(CostRecord record)
    {
        var cost = CostAmounts.Of(record);
        try
        {
            var commitment = _commitment.Plus(record, cost.Effective, ref _rounded);
            if (!filter.Counts(record))
            {
                _commitment = commitment;
                return null;
            }

            var date = DateOnly.FromDateTime(record.ChargePeriodStart.UtcDateTime);
            if (Day(date) is not { } day) return Skipped(record, AggregationCodes.TooManyDays, $"The source has more than {limits.Days} days.");

            var service = _services.Slot(record.ServiceName);
            var category = _categories.Slot(record.ChargeCategory?.ToString());
            var subAccount = _subAccounts.Slot(record.SubAccountId);
            // Every new sum is there before the first is stored: an overflow leaves all of them as they were.
            var total = _total.Plus(cost, ref _rounded);
            var (d, s, c, a) = (Plus(day, cost), Plus(service, cost), Plus(category, cost), Plus(subAccount, cost));
            (_total, _commitment) = (total, commitment);
            (day.Sum, service.Sum, category.Sum, subAccount.Sum) = (d, s, c, a);
        }
        catch (OverflowException)
        {
            // The source holds amounts that no sum can take: the row is left out and reported.
            return Skipped(record, AggregationCodes.SumOverflow, "With this charge a sum is beyond what an exact decimal can hold.");
        }

        Note(record.ProviderName);
        return null;
    }

    public IEnumerable<DataQualityFinding> Remarks(string currency)
    {
        if (_rounded)
            yield return new(null, null, AggregationCodes.SumRounded, $"A sum in {currency} needs more than 28 digits and is rounded there.");
        if (_services.IsFull || _subAccounts.IsFull)
        {
            yield return new(null, null, AggregationCodes.TooManyGroups,
                $"There are more than {limits.Groups} services or sub-accounts in {currency}: the rest is summed as {GroupTable.OtherKey}.");
        }
    }

    public IReadOnlyList<DailyCost> Daily() => [.. _days
        .Where(static pair => pair.Value.Sum.Rows > 0)
        .OrderBy(static pair => pair.Key)
        .Select(static pair => new DailyCost(pair.Key, pair.Value.Sum.Billed, pair.Value.Sum.Effective, pair.Value.Sum.List, pair.Value.Sum.Rows))];

    public CostAnalysisResult ToResult(IReadOnlyList<DailyCost> daily, IReadOnlyList<DataQualityFinding> dataQuality) => new()
    {
        RowCount = _total.Rows,
        Totals = _total.ToTotals(),
        Daily = daily,
        ByService = _services.ToGroups(),
        ByChargeCategory = _categories.ToGroups(),
        BySubAccount = _subAccounts.ToGroups(),
        Commitment = _commitment.ToSummary(),
        DataQuality = dataQuality,
    };

    private CostSum Plus(CostSlot slot, in CostAmounts cost) => slot.Sum.Plus(cost, ref _rounded);

    private CostSlot? Day(DateOnly date)
    {
        if (_days.TryGetValue(date, out var slot)) return slot;
        return _days.Count >= limits.Days ? null : _days[date] = new CostSlot();
    }

    private void Note(string? provider)
    {
        if (provider is null || string.Equals(provider, _provider, StringComparison.Ordinal)) return;
        _severalProviders |= _provider is not null;
        _provider ??= provider;
    }

    private static DataQualityFinding Skipped(CostRecord record, string code, string message)
        => new(record.SourceLine, null, code, message, RowSkipped: true);
}
