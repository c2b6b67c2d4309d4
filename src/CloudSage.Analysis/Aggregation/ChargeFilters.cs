using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Aggregation;

/// <summary>What a charge filter counts.</summary>
internal static class ChargeFilters
{
    public static bool Counts(this ChargeFilter filter, CostRecord record) => filter switch
    {
        ChargeFilter.UsageOnly => record.ChargeCategory == ChargeCategory.Usage && record.CommitmentDiscountStatus != CommitmentStatus.Unused,
        _ => true,
    };
}
