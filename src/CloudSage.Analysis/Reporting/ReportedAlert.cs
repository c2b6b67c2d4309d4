using CloudSage.Plugins.Alerts;

namespace CloudSage.Analysis.Reporting;

/// <summary>An alert in a report: the contract's record, flat.</summary>
public sealed record ReportedAlert
{
    /// <summary>What kind of alert it is.</summary>
    public required AlertType Type { get; init; }

    /// <summary>How much it matters.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>The source that it concerns.</summary>
    public string? Source { get; init; }

    /// <summary>The day that it concerns (UTC).</summary>
    public DateOnly? Date { get; init; }

    /// <summary>(observed - baseline) / baseline, a ratio.</summary>
    public decimal? ChangeRatio { get; init; }

    /// <summary>What was seen, in <see cref="Currency"/>.</summary>
    public decimal? Observed { get; init; }

    /// <summary>What it is compared with, in <see cref="Currency"/>.</summary>
    public decimal? Baseline { get; init; }

    /// <summary>The currency of the amounts.</summary>
    public string? Currency { get; init; }

    /// <summary>The ratio or amount above which the alert is raised.</summary>
    public decimal? Threshold { get; init; }

    /// <summary>The plugin that raised it.</summary>
    public string? Plugin { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>A few sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>The service that it concerns.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The resource that it concerns.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The alert's identity.</summary>
    public required string AlertId { get; init; }

    /// <summary>Alerts with the same key speak of the same thing.</summary>
    public required string DedupKey { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    internal static ReportedAlert From(Alert alert) => new()
    {
        Type = alert.Type,
        Severity = alert.Severity,
        Source = alert.Scope.Source,
        Date = alert.Scope.Date,
        ChangeRatio = alert.ChangeRatio,
        Observed = alert.Observed?.Amount,
        Baseline = alert.Baseline?.Amount,
        Currency = alert.Observed?.Currency ?? alert.Baseline?.Currency,
        Threshold = alert.Threshold,
        Plugin = alert.Plugin,
        Title = alert.Title,
        Summary = alert.Summary,
        ServiceName = alert.Scope.ServiceName,
        ResourceId = alert.Scope.ResourceId,
        AlertId = alert.AlertId,
        DedupKey = alert.DedupKey,
        OccurredAt = alert.OccurredAt,
    };
}
