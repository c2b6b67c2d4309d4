using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace CloudSage.Plugins.Integrations;

/// <summary>One thing that an integration made, changed or was refused in another system.</summary>
public sealed record IntegrationRecord
{
    /// <summary>The other system, as the manifest names it (<c>service-now</c>).</summary>
    public required string System { get; init; }

    /// <summary>The kind of thing, such as <c>incident</c> or <c>file</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The other system's identity for it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The exchange it belongs to.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>What was done.</summary>
    public required IntegrationOperation Operation { get; init; }

    /// <summary>Its fields, by name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What became of it.</summary>
    public required IntegrationStatus Status { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}

/// <summary>What an integration did.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IntegrationOperation>))]
public enum IntegrationOperation
{
    /// <summary>Made it.</summary>
    Create,

    /// <summary>Changed it.</summary>
    Update,

    /// <summary>Removed it.</summary>
    Delete,

    /// <summary>Looked at it.</summary>
    Read,
}

/// <summary>What became of it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IntegrationStatus>))]
public enum IntegrationStatus
{
    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Nothing to do.</summary>
    Skipped,

    /// <summary>Failed; may be tried again.</summary>
    Failed,

    /// <summary>Refused for good.</summary>
    Rejected,
}
