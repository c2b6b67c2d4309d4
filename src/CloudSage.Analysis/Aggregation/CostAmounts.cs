using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Aggregation;

/// <summary>The three costs of one record; a missing cost counts as 0.</summary>
internal readonly record struct CostAmounts(decimal Billed, decimal Effective, decimal List)
{
    public static CostAmounts Of(CostRecord record) => new(record.BilledCost ?? 0m, record.EffectiveCost ?? 0m, record.ListCost ?? 0m);
}
