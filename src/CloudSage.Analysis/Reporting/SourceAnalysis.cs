using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Reporting;

/// <summary>The aggregates of one source in one currency.</summary>
public sealed record SourceAnalysis
{
    /// <summary>The analysis' identity, as plugins saw it.</summary>
    public required string AnalysisId { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>The plugin that translated the source.</summary>
    public required string Adapter { get; init; }

    /// <summary>What the adapter took the source for, such as <c>FOCUS 1.2 CSV</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The currency; <c>(null)</c> where the source states none.</summary>
    public required string Currency { get; init; }

    /// <summary>The provider, where the source has just one.</summary>
    public string? Provider { get; init; }

    /// <summary>The cost column that <see cref="DailyChanges"/> follows.</summary>
    public required CostMetric Metric { get; init; }

    /// <summary>Which charges are counted.</summary>
    public required ChargeFilter ChargeFilter { get; init; }

    /// <summary>How many FOCUS records were counted, after translation.</summary>
    public required long RowCount { get; init; }

    /// <summary>The sums over all records.</summary>
    public required CostTotals Totals { get; init; }

    /// <summary>One entry for each UTC day with records, in order of date.</summary>
    public required IReadOnlyList<DailyCost> Daily { get; init; }

    /// <summary>The change from day to day, for the days whose previous calendar day has a cost above 0.</summary>
    public required IReadOnlyList<DailyCostChange> DailyChanges { get; init; }

    /// <summary>By FOCUS ServiceName, the greatest effective cost first.</summary>
    public required IReadOnlyList<CostGroup> ByService { get; init; }

    /// <summary>By FOCUS ChargeCategory, the greatest effective cost first.</summary>
    public required IReadOnlyList<CostGroup> ByChargeCategory { get; init; }

    /// <summary>By FOCUS SubAccountId, the greatest effective cost first.</summary>
    public required IReadOnlyList<CostGroup> BySubAccount { get; init; }

    /// <summary>How far commitments cover the usage, and how far they are used.</summary>
    public required CommitmentSummary Commitment { get; init; }

    /// <summary>What was wrong in the source, with line and column. The same for every currency of a source.</summary>
    public required IReadOnlyList<DataQualityFinding> DataQuality { get; init; }
}
