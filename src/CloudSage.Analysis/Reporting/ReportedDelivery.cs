using CloudSage.Plugins.Alerts;

namespace CloudSage.Analysis.Reporting;

/// <summary>What became of an alert in one handler.</summary>
public sealed record ReportedDelivery
{
    /// <summary>The alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>The plugin that handled it.</summary>
    public required string Plugin { get; init; }

    /// <summary>The channel, such as <c>slack</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>What became of it.</summary>
    public required AlertDeliveryStatus Status { get; init; }

    /// <summary>Which attempt this was, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The receiver's HTTP status, where there is one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The receiver's own identity for the alert.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    internal static ReportedDelivery From(string plugin, AlertDelivery delivery) => new()
    {
        AlertId = delivery.AlertId,
        Plugin = plugin,
        Channel = delivery.Channel,
        Status = delivery.Status,
        Attempt = delivery.Attempt,
        HttpStatus = delivery.HttpStatus,
        ExternalId = delivery.ExternalId,
        Error = delivery.Error,
    };
}
