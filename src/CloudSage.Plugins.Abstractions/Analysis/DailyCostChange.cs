namespace CloudSage.Plugins.Analysis;

/// <summary>How the cost of a day compares with the calendar day before.</summary>
/// <param name="Date">The day (UTC).</param>
/// <param name="Previous">The cost of the day before; above 0.</param>
/// <param name="Current">The cost of the day.</param>
public sealed record DailyCostChange(DateOnly Date, decimal Previous, decimal Current)
{
    /// <summary>(current - previous) / previous: 0.25 is a rise by a quarter. A ratio, not percent.</summary>
    public decimal ChangeRatio => (Current - Previous) / Previous;
}
