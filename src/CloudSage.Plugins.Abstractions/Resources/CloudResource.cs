using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using CloudSage.Plugins.Costs;

namespace CloudSage.Plugins.Resources;

/// <summary>A resource in a cloud account. Names follow FOCUS where FOCUS has one.</summary>
public sealed record CloudResource
{
    /// <summary>FOCUS ResourceId.</summary>
    public required string ResourceId { get; init; }

    /// <summary>FOCUS ResourceName.</summary>
    public string? ResourceName { get; init; }

    /// <summary>The kind, as manifests name it (<c>ec2</c>).</summary>
    public required string ResourceType { get; init; }

    /// <summary>FOCUS ProviderName.</summary>
    public required string ProviderName { get; init; }

    /// <summary>FOCUS ServiceName.</summary>
    public string? ServiceName { get; init; }

    /// <summary>FOCUS SubAccountId.</summary>
    public string? SubAccountId { get; init; }

    /// <summary>FOCUS RegionId.</summary>
    public string? RegionId { get; init; }

    /// <summary>FOCUS AvailabilityZone.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>The provider's instance type, such as <c>m5.large</c>.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Whether it runs.</summary>
    public ResourceState State { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its size in GiB, for storage.</summary>
    public decimal? CapacityGiB { get; init; }

    /// <summary>Its storage tier.</summary>
    public string? StorageTier { get; init; }

    /// <summary>What it costs in a month of 730 hours; null when unknown, never 0 for unknown.</summary>
    public Money? MonthlyCost { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>More, by name.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>When it was seen, UTC.</summary>
    public DateTimeOffset? ScannedAt { get; init; }
}

/// <summary>Whether a resource runs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResourceState>))]
public enum ResourceState
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is stopped.</summary>
    Stopped,

    /// <summary>It is gone.</summary>
    Terminated,
}
