using CloudSage.Plugins.Analysis;

namespace CloudSage.Analysis.Aggregation;

/// <summary>The costs of a number of records. Immutable: a record is added to all its sums or, where one overflows, to none.</summary>
internal readonly record struct CostSum(long Rows, decimal Billed, decimal Effective, decimal List)
{
    /// <exception cref="OverflowException">A sum is beyond what a decimal can hold.</exception>
    public CostSum Plus(in CostAmounts cost, ref bool rounded) => new(
        Rows + 1,
        ExactSum.Add(Billed, cost.Billed, ref rounded),
        ExactSum.Add(Effective, cost.Effective, ref rounded),
        ExactSum.Add(List, cost.List, ref rounded));

    public CostTotals ToTotals() => new(Billed, Effective, List);
}

/// <summary>A place in a table that holds a sum.</summary>
internal sealed class CostSlot
{
    public CostSum Sum { get; set; }
}
