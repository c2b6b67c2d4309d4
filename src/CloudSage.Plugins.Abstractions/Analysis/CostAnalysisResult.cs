using CloudSage.Plugins.Costs;

namespace CloudSage.Plugins.Analysis;

/// <summary>The aggregates of one source in one currency. Sums are exact; a missing cost counts as 0 in them.</summary>
public sealed record CostAnalysisResult
{
    /// <summary>How many FOCUS records were counted, after translation.</summary>
    public required long RowCount { get; init; }

    /// <summary>The sums over all records.</summary>
    public required CostTotals Totals { get; init; }

    /// <summary>One entry for each UTC day with records, in order of date.</summary>
    public IReadOnlyList<DailyCost> Daily { get; init; } = [];

    /// <summary>One entry for each FOCUS ServiceName, by effective cost, the greatest first.</summary>
    public IReadOnlyList<CostGroup> ByService { get; init; } = [];

    /// <summary>One entry for each FOCUS ChargeCategory, by effective cost, the greatest first.</summary>
    public IReadOnlyList<CostGroup> ByChargeCategory { get; init; } = [];

    /// <summary>One entry for each FOCUS SubAccountId, by effective cost, the greatest first.</summary>
    public IReadOnlyList<CostGroup> BySubAccount { get; init; } = [];

    /// <summary>How far commitments cover the usage, and how far they are used.</summary>
    public required CommitmentSummary Commitment { get; init; }

    /// <summary>What was wrong in the source, with line and column.</summary>
    public IReadOnlyList<DataQualityFinding> DataQuality { get; init; } = [];
}

/// <summary>Sums of the three cost columns.</summary>
/// <param name="BilledCost">The sum of FOCUS BilledCost.</param>
/// <param name="EffectiveCost">The sum of FOCUS EffectiveCost.</param>
/// <param name="ListCost">The sum of FOCUS ListCost.</param>
public sealed record CostTotals(decimal BilledCost, decimal EffectiveCost, decimal ListCost);

/// <summary>The costs of one UTC day.</summary>
/// <param name="Date">The day: the UTC date of FOCUS ChargePeriodStart.</param>
/// <param name="BilledCost">The sum of FOCUS BilledCost.</param>
/// <param name="EffectiveCost">The sum of FOCUS EffectiveCost.</param>
/// <param name="ListCost">The sum of FOCUS ListCost.</param>
/// <param name="Rows">How many records.</param>
public sealed record DailyCost(DateOnly Date, decimal BilledCost, decimal EffectiveCost, decimal ListCost, long Rows)
{
    /// <summary>The cost in the given column.</summary>
    /// <param name="metric">The column.</param>
    /// <returns>The cost.</returns>
    public decimal Cost(CostMetric metric) => metric switch
    {
        CostMetric.BilledCost => BilledCost,
        CostMetric.ListCost => ListCost,
        _ => EffectiveCost,
    };
}

/// <summary>The costs of one group of records.</summary>
/// <param name="Key">The value they share; <c>(null)</c> where they have none.</param>
/// <param name="Rows">How many records.</param>
/// <param name="BilledCost">The sum of FOCUS BilledCost.</param>
/// <param name="EffectiveCost">The sum of FOCUS EffectiveCost.</param>
/// <param name="ListCost">The sum of FOCUS ListCost.</param>
public sealed record CostGroup(string Key, long Rows, decimal BilledCost, decimal EffectiveCost, decimal ListCost);

/// <summary>Commitment discounts over the charges of category Usage, in effective cost.</summary>
/// <param name="Used">Effective cost covered by commitments (CommitmentDiscountStatus Used).</param>
/// <param name="Unused">Effective cost of the unused part of commitments.</param>
/// <param name="OnDemand">Effective cost without a commitment.</param>
/// <param name="Coverage">Used / (all - unused), 0 to 1; null where there is nothing to cover.</param>
/// <param name="Utilization">Used / (used + unused), 0 to 1; null where there is no commitment.</param>
public sealed record CommitmentSummary(decimal Used, decimal Unused, decimal OnDemand, decimal? Coverage, decimal? Utilization);
