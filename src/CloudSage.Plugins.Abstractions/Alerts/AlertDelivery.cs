using System.Text.Json.Serialization;

namespace CloudSage.Plugins.Alerts;

/// <summary>What became of an alert in one handler. Holds no address and no secret.</summary>
public sealed record AlertDelivery
{
    /// <summary>The alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>The channel, such as <c>slack</c> or <c>console</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>What became of it.</summary>
    public required AlertDeliveryStatus Status { get; init; }

    /// <summary>Which attempt this was, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The receiver's HTTP status, where there is one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The receiver's own identity for the alert.</summary>
    public string? ExternalId { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it is to be tried again, UTC.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}

/// <summary>What became of a delivery.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertDeliveryStatus>))]
public enum AlertDeliveryStatus
{
    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>The handler chose not to send it, such as below its severity.</summary>
    Skipped,

    /// <summary>It failed and may be tried again.</summary>
    Failed,

    /// <summary>The receiver refuses it for good.</summary>
    Rejected,
}
