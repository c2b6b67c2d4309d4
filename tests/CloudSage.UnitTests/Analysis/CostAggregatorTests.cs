using CloudSage.Analysis.Aggregation;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;
using static CloudSage.UnitTests.Analysis.Charges;

namespace CloudSage.UnitTests.Analysis;

public sealed class CostAggregatorTests
{
    private static readonly AggregationLimits Limits = new(Currencies: 2, Days: 3, Groups: 2, DataQualityFindings: 2);

    [Test]
    public void Complete_Charges_AreSummedExactlyByDayServiceAndCategory()
    {
        var result = Single(Charge(0.1m), Charge(0.2m), Charge(0.3m, Day(2), "S3", category: ChargeCategory.Tax));

        result.RowCount.Should().Be(3);
        result.Totals.Should().Be(new CostTotals(0.6m, 0.6m, 0.6m));
        result.Daily.Should().Equal(
            new DailyCost(new DateOnly(2026, 3, 1), 0.3m, 0.3m, 0.3m, 2), new DailyCost(new DateOnly(2026, 3, 2), 0.3m, 0.3m, 0.3m, 1));
        result.ByService.Select(group => (group.Key, group.Rows)).Should().Equal(("EC2", 2), ("S3", 1));
        result.ByChargeCategory.Select(group => group.Key).Should().Equal("Tax", "Usage");
        result.BySubAccount.Should().Equal(new CostGroup("(null)", 3, 0.6m, 0.6m, 0.6m));
    }

    [Test]
    public void Complete_MissingCost_CountsAsZeroAndItsRowCounts()
    {
        var result = Single(Charge(null), Charge(1m));

        result.RowCount.Should().Be(2);
        result.Totals.EffectiveCost.Should().Be(1m);
    }

    [Test]
    public void Complete_ChargeWithOffset_FallsOnItsUtcDay()
        => Single(Charge(1m, new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-2)))).Daily.Single().Date.Should().Be(new DateOnly(2026, 3, 2));

    [Test]
    public void Complete_SeveralCurrencies_AreKeptApart()
    {
        var analyses = Complete(ChargeFilter.AllCharges, Charge(1m), Charge(5m, currency: "EUR"));

        analyses.Select(a => (a.Currency, a.Result.Totals.EffectiveCost)).Should().Equal(("EUR", 5m), ("USD", 1m));
    }

    [Test]
    public void Complete_MoreCurrenciesThanKept_AreLeftOutAndReported()
    {
        var analyses = Complete(ChargeFilter.AllCharges, Charge(1m), Charge(5m, currency: "EUR"), Charge(7m, currency: "JPY"));

        analyses.Should().HaveCount(2);
        analyses[0].Result.DataQuality.Should().ContainSingle(f => f.Code == AggregationCodes.TooManyCurrencies && f.RowSkipped);
    }

    [Test]
    public void Complete_UsageOnly_LeavesOutOtherChargesAndUnusedCommitments()
    {
        var analysis = Complete(
            ChargeFilter.UsageOnly,
            Charge(1m), Charge(2m, category: ChargeCategory.Purchase), Charge(4m, commitment: CommitmentStatus.Unused), Charge(8m, commitment: CommitmentStatus.Used))
            .Single();

        analysis.Result.RowCount.Should().Be(2);
        analysis.Result.Totals.EffectiveCost.Should().Be(9m);
        analysis.Result.Commitment.Utilization.Should().Be(8m / 12m, "utilization needs the unused part, whatever the filter counts");
    }

    [Test]
    public void Complete_Commitments_GiveCoverageAndUtilization()
    {
        var summary = Single(
            Charge(6m), Charge(3m, commitment: CommitmentStatus.Used), Charge(1m, commitment: CommitmentStatus.Unused),
            Charge(100m, category: ChargeCategory.Purchase, commitment: CommitmentStatus.Used)).Commitment;

        summary.Should().Be(new CommitmentSummary(Used: 3m, Unused: 1m, OnDemand: 6m, Coverage: 3m / 9m, Utilization: 0.75m));
    }

    [Test]
    public void Complete_NoUsage_HasNoRatios()
        => Single(Charge(1m, category: ChargeCategory.Tax)).Commitment.Should().Be(new CommitmentSummary(0m, 0m, 0m, null, null));

    [Test]
    public void Complete_SumBeyondDecimal_LeavesTheRowOutOfEverySum()
    {
        var result = Single(Charge(decimal.MaxValue), Charge(decimal.MaxValue, Day(2), "S3"), Charge(-1m));

        result.RowCount.Should().Be(2);
        result.Totals.EffectiveCost.Should().Be(decimal.MaxValue - 1m);
        result.Daily.Should().ContainSingle();
        result.ByService.Should().ContainSingle();
        result.DataQuality.Should().ContainSingle(f => f.Code == AggregationCodes.SumOverflow && f.RowSkipped);
    }

    [Test]
    public void Complete_SumThatNeedsMoreDigitsThanADecimalHas_IsReported()
        => Single(Charge(7_000_000_000_000_000_000_000_000_000m), Charge(0.1234m)).DataQuality
            .Should().ContainSingle(f => f.Code == AggregationCodes.SumRounded);

    [Test]
    public void Complete_TrailingZerosBeyondTheDigitsOfADecimal_AreNoLoss()
    {
        var result = Single(Charge(0.1000000000000000000000000000m), Charge(123456.7m));

        result.Totals.EffectiveCost.Should().Be(123456.8m);
        result.DataQuality.Should().BeEmpty();
    }

    [Test]
    public void Complete_MoreGroupsThanKept_AreSummedAsOther()
    {
        var result = Single(Charge(1m, service: "A"), Charge(2m, service: "B"), Charge(4m, service: "C"), Charge(8m, service: "D"));

        result.ByService.Select(group => (group.Key, group.EffectiveCost)).Should().Equal(("(other)", 12m), ("B", 2m), ("A", 1m));
        result.DataQuality.Should().ContainSingle(f => f.Code == AggregationCodes.TooManyGroups);
    }

    [Test]
    public void Complete_MoreDaysThanKept_LeavesTheirChargesOutAndSaysSo()
    {
        var result = Single(Charge(1m), Charge(1m, Day(2)), Charge(1m, Day(3)), Charge(1m, Day(4)));

        result.RowCount.Should().Be(3);
        result.DataQuality.Should().ContainSingle(f => f.Code == AggregationCodes.TooManyDays && f.RowSkipped);
    }

    [Test]
    public void Complete_MoreFindingsThanKept_CountsTheRestByCode()
    {
        var aggregator = new CostAggregator(ChargeFilter.AllCharges, Limits);
        for (var line = 1; line <= 1_500; line++) aggregator.Add(new DataQualityFinding(line, "BilledCost", "invalid-number", "?"));
        aggregator.Add(Charge(1m));

        var quality = aggregator.Complete(CostMetric.EffectiveCost).Single().Result.DataQuality;

        quality.Select(f => f.Line).Should().Equal(1, 2, null);
        quality[2].Message.Should().Be("1,498 more findings are not listed: invalid-number 1,498.");
    }

    [Test]
    public void Complete_EqualCosts_AreOrderedByKey()
        => Single(Charge(1m, service: "b"), Charge(1m, service: "B")).ByService.Select(group => group.Key).Should().Equal("B", "b");

    private static CostAnalysisResult Single(params IReadOnlyList<CostRecord> records) => Complete(ChargeFilter.AllCharges, [.. records]).Single().Result;

    private static IReadOnlyList<CurrencyAnalysis> Complete(ChargeFilter filter, params IReadOnlyList<CostRecord> records)
    {
        var aggregator = new CostAggregator(filter, Limits);
        foreach (var record in records) aggregator.Add(record);
        return aggregator.Complete(CostMetric.EffectiveCost);
    }
}
