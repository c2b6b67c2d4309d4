using System.Globalization;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.Analysis.Aggregation;

/// <summary>How each day compares with the calendar day before it.</summary>
internal sealed record DailyComparison(IReadOnlyList<DailyCostChange> Changes, DailyCostChange? Spike, IReadOnlyList<DataQualityFinding> Remarks)
{
    /// <param name="daily">The days, in order of date.</param>
    /// <param name="metric">The cost column to compare.</param>
    public static DailyComparison Of(IReadOnlyList<DailyCost> daily, CostMetric metric)
    {
        List<DailyCostChange> changes = [];
        List<DataQualityFinding> remarks = [];
        for (var i = 1; i < daily.Count; i++)
        {
            var (previous, current) = (daily[i - 1], daily[i]);
            if (current.Date.DayNumber - previous.Date.DayNumber != 1 || previous.Cost(metric) <= 0m) continue;
            var change = new DailyCostChange(current.Date, previous.Cost(metric), current.Cost(metric));
            if (HasRatio(change)) changes.Add(change);
            else remarks.Add(Remark(change));
        }

        // MaxBy keeps the first of equals: of two rises alike, the earlier day.
        var steepest = changes.MaxBy(static change => change.ChangeRatio);
        return new DailyComparison(changes, steepest?.Current > steepest?.Previous ? steepest : null, remarks);
    }

    private static bool HasRatio(DailyCostChange change)
    {
        try
        {
            _ = change.ChangeRatio;
            return true;
        }
        catch (OverflowException)
        {
            // Divided by next to nothing: no decimal holds the ratio, so no plugin is asked to compute it.
            return false;
        }
    }

    private static DataQualityFinding Remark(DailyCostChange change) => new(null, null, AggregationCodes.ChangeOverflow, string.Create(
        CultureInfo.InvariantCulture,
        $"The change from {change.Previous} to {change.Current} on {change.Date:yyyy-MM-dd} is too steep for a number; that day is not compared."));
}
