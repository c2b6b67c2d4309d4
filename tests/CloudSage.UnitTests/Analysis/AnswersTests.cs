using System.Globalization;
using System.Text.Json;
using CloudSage.Analysis;
using CloudSage.Analysis.Reporting;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Serialization;
using CloudSage.Samples.Focus;

namespace CloudSage.UnitTests.Analysis;

/// <summary>The whole analysis over real FOCUS files, against answers that were computed independently.</summary>
public sealed class AnswersTests
{
    private static readonly (string Answer, CostMetric Metric, ChargeFilter Filter)[] Series =
    [
        ("dailyEffectiveCost_allCharges", CostMetric.EffectiveCost, ChargeFilter.AllCharges),
        ("dailyBilledCost_allCharges", CostMetric.BilledCost, ChargeFilter.AllCharges),
        ("dailyEffectiveCost_usageOnly_excludingUnused", CostMetric.EffectiveCost, ChargeFilter.UsageOnly),
    ];

    [TestCase("focus-1.0-multicloud-2024-09-01_15")]
    [TestCase("focus-1.2-synthetic-aws")]
    [TestCase("focus-1.3-synthetic-azure")]
    [TestCase("spec-commitment-purchase_scenario_1")]
    [TestCase("spec-commitment-purchase_scenario_2")]
    [TestCase("spec-commitment-usage_scenario_1")]
    [TestCase("spec-commitment-usage_scenario_2")]
    [TestCase("spec-flex-100pct-without")]
    [TestCase("spec-saas-spend-a1")]
    public async Task AnalyzeAsync_RealFile_EqualsTheAnswerToTheLastDigit(string file)
    {
        var path = SharedData.Find("focus", file + ".csv");
        using var answer = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Find("answers", "focus", file + ".json")));
        var currencies = answer.RootElement.GetProperty("perCurrency");

        foreach (var (name, metric, filter) in Series)
        {
            var analyses = await AnalyzeAsync(path, metric, filter);
            analyses.Select(a => a.Currency).Should().BeEquivalentTo(currencies.EnumerateObject().Select(c => c.Name));
            foreach (var analysis in analyses)
            {
                var expected = currencies.GetProperty(analysis.Currency);
                SpikesOf(analysis).Should().Equal(Spikes(expected.GetProperty(name)));
                DailyOf(analysis, metric).Should().Equal(Daily(expected.GetProperty(name)));
                CheckCommitment(analysis.Commitment, expected.GetProperty("commitmentCoverage"));
                if (filter == ChargeFilter.AllCharges) CheckSums(analysis, expected);
            }
        }
    }

    private static void CheckSums(SourceAnalysis analysis, JsonElement expected)
    {
        analysis.RowCount.Should().Be(expected.GetProperty("rows").GetInt64());
        ExactDecimalConverter.Format(analysis.Totals.BilledCost).Should().Be(expected.GetProperty("BilledCost").GetString());
        ExactDecimalConverter.Format(analysis.Totals.EffectiveCost).Should().Be(expected.GetProperty("EffectiveCost").GetString());
        ExactDecimalConverter.Format(analysis.Totals.ListCost).Should().Be(expected.GetProperty("ListCost").GetString());
        GroupsOf(analysis.ByService).Should().BeEquivalentTo(Groups(expected.GetProperty("byServiceName")));
        GroupsOf(analysis.ByChargeCategory).Should().BeEquivalentTo(Groups(expected.GetProperty("byChargeCategory")));
        analysis.BySubAccount.Take(expected.GetProperty("topSubAccountIds").GetArrayLength()).Select(g => g.Key)
            .Should().Equal(expected.GetProperty("topSubAccountIds").EnumerateArray().Select(g => g.GetProperty("SubAccountId").GetString()));
    }

    private static void CheckCommitment(CommitmentSummary actual, JsonElement expected)
    {
        ExactDecimalConverter.Format(actual.Used).Should().Be(expected.GetProperty("used").GetString());
        ExactDecimalConverter.Format(actual.Unused).Should().Be(expected.GetProperty("unused").GetString());
        Rounded(actual.Coverage).Should().Be(expected.GetProperty("coverage_used_over_used_plus_ondemand").GetString());
        Rounded(actual.Utilization).Should().Be(expected.GetProperty("utilization_used_over_used_plus_unused").GetString());
    }

    private static string? Rounded(decimal? ratio) => ratio is { } value ? ExactDecimalConverter.Format(Math.Round(value, 8)) : null;

    private static IEnumerable<(string, long, string, string, string)> GroupsOf(IEnumerable<CostGroup> groups) => groups.Select(g => (
        g.Key, g.Rows, ExactDecimalConverter.Format(g.BilledCost), ExactDecimalConverter.Format(g.EffectiveCost), ExactDecimalConverter.Format(g.ListCost)));

    private static IEnumerable<(string, long, string?, string?, string?)> Groups(JsonElement groups) => groups.EnumerateObject().Select(g => (
        g.Name, g.Value.GetProperty("rows").GetInt64(), g.Value.GetProperty("BilledCost").GetString(),
        g.Value.GetProperty("EffectiveCost").GetString(), g.Value.GetProperty("ListCost").GetString()));

    private static IEnumerable<(string, string)> DailyOf(SourceAnalysis analysis, CostMetric metric)
        => analysis.Daily.Select(d => (d.Date.ToString("O", CultureInfo.InvariantCulture), ExactDecimalConverter.Format(d.Cost(metric))));

    private static IEnumerable<(string, string)> Daily(JsonElement series)
        => series.GetProperty("days").EnumerateObject().Select(d => (d.Name, d.Value.GetString()!));

    private static IEnumerable<(string, string, string)> SpikesOf(SourceAnalysis analysis) => analysis.DailyChanges
        .Where(change => change.ChangeRatio > 0.25m)
        .Select(c => (c.Date.ToString("O", CultureInfo.InvariantCulture), ExactDecimalConverter.Format(c.Previous), ExactDecimalConverter.Format(Math.Round(c.ChangeRatio * 100m, 4))));

    private static IEnumerable<(string, string, string)> Spikes(JsonElement series) => series.GetProperty("spikesOver25Percent").EnumerateArray()
        .Select(s => (s.GetProperty("day").GetString()!, s.GetProperty("previous").GetString()!, s.GetProperty("changePercent").GetString()!));

    private static async Task<IReadOnlyList<SourceAnalysis>> AnalyzeAsync(string path, CostMetric metric, ChargeFilter filter)
    {
        using var fixture = new AnalysisFixture();
        fixture.Broker.With("focus-adapter", new FocusAdapter());
        var report = await fixture.AnalyzeAsync(new CostAnalysisRequest
        {
            Sources = [new CostSource(Path.GetFileName(path), path)], Metric = metric, ChargeFilter = filter,
        });
        report.Faults.Should().BeEmpty();
        return report.Analyses;
    }
}
