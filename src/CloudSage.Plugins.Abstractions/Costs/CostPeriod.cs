namespace CloudSage.Plugins.Costs;

/// <summary>A span of UTC days, both ends included.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
public sealed record CostPeriod(DateOnly First, DateOnly Last)
{
    /// <summary>How many days the period has.</summary>
    public int Days => Last.DayNumber - First.DayNumber + 1;
}
