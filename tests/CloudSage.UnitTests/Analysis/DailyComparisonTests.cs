using CloudSage.Analysis.Aggregation;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.UnitTests.Analysis;

public sealed class DailyComparisonTests
{
    [Test]
    public void Of_MissingDayBefore_IsNotCompared()
        => Of((1, 10m), (3, 20m)).Changes.Should().BeEmpty();

    [TestCase(0)]
    [TestCase(-5)]
    public void Of_DayBeforeNotAboveZero_IsNotCompared(int previous)
        => Of((1, previous), (2, 20m)).Changes.Should().BeEmpty();

    [Test]
    public void Of_Rises_TheSteepestIsTheSpike()
    {
        var comparison = Of((1, 10m), (2, 12m), (3, 30m), (4, 29m));

        comparison.Changes.Select(change => change.ChangeRatio).Should().Equal(0.2m, 1.5m, -1m / 30m);
        comparison.Spike.Should().Be(new DailyCostChange(new DateOnly(2026, 3, 3), 12m, 30m));
    }

    [Test]
    public void Of_EqualRises_TheEarlierIsTheSpike()
        => Of((1, 1m), (2, 2m), (3, 4m)).Spike!.Date.Should().Be(new DateOnly(2026, 3, 2));

    [Test]
    public void Of_NothingRose_HasNoSpike()
        => Of((1, 10m), (2, 10m), (3, 9m)).Spike.Should().BeNull();

    [Test]
    public void Of_RatioBeyondDecimal_IsARemarkAndNotACrash()
    {
        var comparison = Of((1, 0.0000000000000000000000000001m), (2, 1_000_000m));

        comparison.Changes.Should().BeEmpty();
        comparison.Remarks.Should().ContainSingle(remark => remark.Code == AggregationCodes.ChangeOverflow);
    }

    private static DailyComparison Of(params (int Day, decimal Cost)[] days) => DailyComparison.Of(
        [.. days.Select(day => new DailyCost(new DateOnly(2026, 3, day.Day), 0m, day.Cost, 0m, 1))], CostMetric.EffectiveCost);
}
