using CloudSage.Analysis;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Optimization;
using CloudSage.Samples.CostAnomalies;
using CloudSage.Samples.Focus;
using CloudSage.Samples.Rightsizing;
using CloudSage.Samples.Terraform;
using CloudSage.UnitTests.Analysis;
using CloudSage.UnitTests.Manifests;

namespace CloudSage.UnitTests.Samples;

public sealed class SampleDataTests
{
    [Test]
    public async Task The_sample_bill_has_the_one_planted_spike_and_the_planted_instances()
    {
        using var fixture = new AnalysisFixture(options => options.Inventory = SampleFiles.Find("data", "inventory.csv"));
        fixture.Broker
            .With("focus-adapter", new FocusAdapter())
            .With("cost-anomaly-detector", new CostAnomalyDetector(PluginContexts.With()))
            .With("ec2-rightsizer", new Ec2Rightsizer(fixture.Get<IInstanceMetricsReader>(), PluginContexts.With(), TimeProvider.System))
            .With("terraform-exporter", new TerraformExporter(PluginContexts.With()));
        var path = SampleFiles.Find("data", "shop-focus-1.2.csv");

        var report = await fixture.AnalyzeAsync(new CostAnalysisRequest { Sources = [new CostSource(Path.GetFileName(path), path)] });

        report.Faults.Should().BeEmpty();
        report.Findings.Should().BeEmpty();
        var analysis = report.Analyses.Should().ContainSingle().Subject;
        analysis.DataQuality.Should().BeEmpty();
        analysis.Daily.Should().HaveCount(60);
        analysis.Commitment.Utilization.Should().BeApproximately(0.8m, 0.0000001m);
        report.Alerts.Should().ContainSingle().Which.Should().Match<CloudSage.Analysis.Reporting.ReportedAlert>(
            a => a.Type == AlertType.CostSpikeDetected && a.Date == new DateOnly(2026, 4, 12) && a.Plugin == "cost-anomaly-detector");
        report.Recommendations.Select(r => (r.Action, r.Current.Type, r.EstimatedMonthlySavings)).Should().BeEquivalentTo(
        [
            (OptimizationAction.Stop, "m5.2xlarge", (Money?)new Money(280.32m, "USD")),
            (OptimizationAction.Rightsize, "m5.xlarge", new Money(70.08m, "USD")),
            (OptimizationAction.Stop, "t3.large", new Money(60.74m, "USD")),
        ]);
        report.Exports.Should().ContainSingle();
    }

    [TestCase("focus-1.0-multicloud-2024-09-01_15")]
    [TestCase("focus-1.2-synthetic-aws")]
    [TestCase("focus-1.3-synthetic-azure")]
    public async Task Without_a_minimum_amount_the_alerts_are_exactly_the_answers(string file)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Find("answers", "focus", file + ".json")));
        var expected = answer.RootElement.GetProperty("perCurrency").GetProperty("USD");
        foreach (var (metric, filter, name) in new[]
        {
            (CostMetric.EffectiveCost, ChargeFilter.AllCharges, "dailyEffectiveCost_allCharges"),
            (CostMetric.BilledCost, ChargeFilter.AllCharges, "dailyBilledCost_allCharges"),
            (CostMetric.EffectiveCost, ChargeFilter.UsageOnly, "dailyEffectiveCost_usageOnly_excludingUnused"),
        })
        {
            using var fixture = new AnalysisFixture();
            fixture.Broker
                .With("focus-adapter", new FocusAdapter())
                .With("cost-anomaly-detector", new CostAnomalyDetector(PluginContexts.With(("minimum_amount", "0"))));
            var source = new CostSource(file, SharedData.Find("focus", file + ".csv"));

            var report = await fixture.AnalyzeAsync(new CostAnalysisRequest { Sources = [source], Metric = metric, ChargeFilter = filter });

            report.Alerts.Select(a => (a.Date!.Value.ToString("O", System.Globalization.CultureInfo.InvariantCulture), Math.Round(a.ChangeRatio!.Value * 100m, 4)))
                .Should().Equal(expected.GetProperty(name).GetProperty("spikesOver25Percent").EnumerateArray().Select(
                    s => (s.GetProperty("day").GetString()!, decimal.Parse(s.GetProperty("changePercent").GetString()!, System.Globalization.CultureInfo.InvariantCulture))));
        }
    }

    [TestCaseSource(nameof(Manifests))]
    public void Every_sample_has_a_valid_manifest_that_names_its_assembly(string manifest)
    {
        var result = Reading.Read(File.ReadAllBytes(manifest));

        result.Findings.Should().BeEmpty();
        result.Value!.EntryPoint.Should().Be(Path.GetFileName(Path.GetDirectoryName(manifest)) + ".dll");
    }

    private static IEnumerable<TestCaseData> Manifests() => Directory.EnumerateFiles(SampleFiles.Folder, "manifest.yaml", SearchOption.AllDirectories)
        .Where(path => Path.GetDirectoryName(Path.GetDirectoryName(path)) == SampleFiles.Folder)
        .Select(path => new TestCaseData(path).SetArgDisplayNames(Path.GetFileName(Path.GetDirectoryName(path))!));
}
