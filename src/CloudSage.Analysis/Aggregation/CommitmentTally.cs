using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Aggregation;

/// <summary>
/// Effective cost of the charges of category Usage, by what became of commitments.
/// It sees every such charge whatever the charge filter says: without the unused part, utilization would always be 1.
/// </summary>
internal readonly record struct CommitmentTally(decimal All, decimal Used, decimal Unused)
{
    /// <exception cref="OverflowException">A sum is beyond what a decimal can hold.</exception>
    public CommitmentTally Plus(CostRecord record, decimal effective, ref bool rounded)
    {
        if (record.ChargeCategory != ChargeCategory.Usage) return this;
        var all = ExactSum.Add(All, effective, ref rounded);
        return record.CommitmentDiscountStatus switch
        {
            CommitmentStatus.Used => new(all, ExactSum.Add(Used, effective, ref rounded), Unused),
            CommitmentStatus.Unused => new(all, Used, ExactSum.Add(Unused, effective, ref rounded)),
            _ => this with { All = all },
        };
    }

    public CommitmentSummary ToSummary()
    {
        var consumed = All - Unused;
        return new CommitmentSummary(Used, Unused, consumed - Used, Ratio(Used, consumed), Ratio(Used, Used + Unused));
    }

    private static decimal? Ratio(decimal part, decimal whole)
    {
        if (whole == 0m) return null;
        try
        {
            return part / whole;
        }
        catch (OverflowException)
        {
            // Credits have brought the whole so near to 0 that the quotient says nothing.
            return null;
        }
    }
}
