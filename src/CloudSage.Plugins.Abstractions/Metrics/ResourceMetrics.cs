using System.Text.Json.Serialization;

namespace CloudSage.Plugins.Metrics;

/// <summary>A summary of one metric of one resource over a span of time. Percentiles are by nearest rank.</summary>
public sealed record ResourceMetrics
{
    /// <summary>FOCUS ResourceId.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Which metric.</summary>
    public required ResourceMetric Metric { get; init; }

    /// <summary>The unit: <c>Percent</c> (0 to 100) for utilisation, otherwise the provider's.</summary>
    public required string Unit { get; init; }

    /// <summary>The first sample, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The last sample, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Seconds from one sample to the next.</summary>
    public int PeriodSeconds { get; init; }

    /// <summary>How many samples.</summary>
    public required long SampleCount { get; init; }

    /// <summary>The smallest sample.</summary>
    public required decimal Min { get; init; }

    /// <summary>The greatest sample.</summary>
    public required decimal Max { get; init; }

    /// <summary>The mean of the samples.</summary>
    public required decimal Mean { get; init; }

    /// <summary>Half of the samples are at most this.</summary>
    public required decimal P50 { get; init; }

    /// <summary>95% of the samples are at most this.</summary>
    public required decimal P95 { get; init; }

    /// <summary>99% of the samples are at most this.</summary>
    public required decimal P99 { get; init; }

    /// <summary>The share of the period in which the resource was up, 0 to 1; null when unknown.</summary>
    public decimal? UsageRatio { get; init; }
}

/// <summary>What is measured.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResourceMetric>))]
public enum ResourceMetric
{
    /// <summary>CPU utilisation, percent.</summary>
    CpuUtilization,

    /// <summary>Memory utilisation, percent.</summary>
    MemoryUtilization,

    /// <summary>Network traffic in.</summary>
    NetworkIn,

    /// <summary>Network traffic out.</summary>
    NetworkOut,
}
