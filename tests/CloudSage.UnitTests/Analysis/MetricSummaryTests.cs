using System.Globalization;
using System.Text.Json;
using CloudSage.Analysis.Inventory;
using CloudSage.Plugins.Metrics;

namespace CloudSage.UnitTests.Analysis;

public sealed class MetricSummaryTests
{
    [TestCase("24ae8d")]
    [TestCase("5f5533")]
    [TestCase("825cc2")]
    [TestCase("fe7f93")]
    public async Task Of_RealSeries_EqualsTheIndependentAnswer(string series)
    {
        using var answer = JsonDocument.Parse(File.ReadAllText(SharedData.Find("answers", "utilisation", $"ec2_cpu_utilization_{series}.json")));
        var (samples, finding) = await MetricSeriesFile.ReadAsync(
            SharedData.Find("utilisation", $"ec2_cpu_utilization_{series}.csv"), 10_000, CancellationToken.None);

        finding.Should().BeNull();
        var summary = MetricSummary.Of("i", ResourceMetric.CpuUtilization, samples);

        summary.SampleCount.Should().Be(answer.RootElement.GetProperty("samples").GetInt64());
        summary.Min.Should().Be(Expected("min"));
        summary.Max.Should().Be(Expected("max"));
        summary.P50.Should().Be(Expected("p50"));
        summary.P95.Should().Be(Expected("p95"));
        summary.P99.Should().Be(Expected("p99"));
        Math.Round(summary.Mean, 6).Should().Be(Expected("mean"));
        summary.PeriodSeconds.Should().Be(300);
        summary.Start.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture).Should().Be(answer.RootElement.GetProperty("from").GetString());
        summary.End.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture).Should().Be(answer.RootElement.GetProperty("to").GetString());

        decimal Expected(string name) => decimal.Parse(answer.RootElement.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
    }

    [Test]
    public void Of_SeriesWithAPause_KeepsItsPeriodAndTellsTheShareOfTimeUp()
    {
        var start = DateTimeOffset.UnixEpoch;
        MetricSample[] samples = [.. new[] { 0, 1, 2, 7 }.Select(hour => new MetricSample(start.AddHours(hour), 1m))];

        var summary = MetricSummary.Of("i", ResourceMetric.CpuUtilization, samples);

        summary.PeriodSeconds.Should().Be(3_600);
        summary.UsageRatio.Should().Be(0.5m);
    }

    [Test]
    public void Of_OneSample_HasNoUsageRatio()
        => MetricSummary.Of("i", ResourceMetric.CpuUtilization, [new MetricSample(DateTimeOffset.UnixEpoch, 7m)])
            .Should().Match<ResourceMetrics>(m => m.P50 == 7m && m.P99 == 7m && m.UsageRatio == null && m.PeriodSeconds == 0);
}
