using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Aggregation;

/// <summary>What the aggregation made of one currency of a source.</summary>
internal sealed record CurrencyAnalysis(
    string Currency, string? Provider, CostPeriod? Period, CostAnalysisResult Result, IReadOnlyList<DailyCostChange> DailyChanges, DailyCostChange? DailySpike);
