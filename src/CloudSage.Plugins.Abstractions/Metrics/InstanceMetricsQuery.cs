namespace CloudSage.Plugins.Metrics;

/// <summary>Which metrics to read. An empty list or a null does not restrict.</summary>
public sealed record InstanceMetricsQuery
{
    /// <summary>Only these resources.</summary>
    public IReadOnlyList<string> ResourceIds { get; init; } = [];

    /// <summary>Only this metric.</summary>
    public ResourceMetric? Metric { get; init; }

    /// <summary>Only samples at or after this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only samples before this instant.</summary>
    public DateTimeOffset? To { get; init; }
}
