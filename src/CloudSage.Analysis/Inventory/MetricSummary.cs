using CloudSage.Plugins.Metrics;

namespace CloudSage.Analysis.Inventory;

/// <summary>
/// Sums up a series of at least one sample. Percentiles by nearest rank: the smallest sample that at least p percent of the samples do not exceed.
/// </summary>
internal static class MetricSummary
{
    public static ResourceMetrics Of(string resourceId, ResourceMetric metric, IReadOnlyCollection<MetricSample> samples)
    {
        var values = samples.Select(static sample => sample.Value).Order().ToArray();
        var times = samples.Select(static sample => sample.At).Order().ToArray();
        var period = Period(times);
        return new ResourceMetrics
        {
            ResourceId = resourceId,
            Metric = metric,
            Unit = metric is ResourceMetric.CpuUtilization or ResourceMetric.MemoryUtilization ? "Percent" : "Bytes",
            Start = times[0],
            End = times[^1],
            PeriodSeconds = period,
            SampleCount = values.Length,
            Min = values[0],
            Max = values[^1],
            Mean = values.Sum() / values.Length,
            P50 = Percentile(values, 50),
            P95 = Percentile(values, 95),
            P99 = Percentile(values, 99),
            UsageRatio = UsageRatio(times, period),
        };
    }

    private static decimal Percentile(decimal[] sorted, int percent)
        => sorted[(int)(((long)percent * sorted.Length + 99) / 100) - 1];

    /// <summary>The gap between samples that occurs most often: a pause in the series does not change it.</summary>
    private static int Period(DateTimeOffset[] times)
    {
        Dictionary<int, int> gaps = [];
        for (var i = 1; i < times.Length; i++)
        {
            var gap = (int)Math.Min((times[i] - times[i - 1]).TotalSeconds, int.MaxValue);
            if (gap > 0) gaps[gap] = gaps.GetValueOrDefault(gap) + 1;
        }

        return gaps.Count == 0 ? 0 : gaps.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key).First().Key;
    }

    /// <summary>Clouds measure an instance only while it runs: the share of the expected samples that are there is the share of time it was up.</summary>
    private static decimal? UsageRatio(DateTimeOffset[] times, int period)
    {
        if (period == 0) return null;
        var expected = (times[^1] - times[0]).Ticks / (decimal)TimeSpan.TicksPerSecond / period + 1m;
        return Math.Min(1m, times.Length / expected);
    }
}
