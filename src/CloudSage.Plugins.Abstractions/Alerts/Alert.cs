using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using CloudSage.Plugins.Costs;

namespace CloudSage.Plugins.Alerts;

/// <summary>Something that a person or a system should know.</summary>
public sealed record Alert
{
    /// <summary>The alert's identity.</summary>
    public required string AlertId { get; init; }

    /// <summary>What kind of alert it is.</summary>
    public required AlertType Type { get; init; }

    /// <summary>How much it matters.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Whether it is open or settled.</summary>
    public AlertStatus Status { get; init; }

    /// <summary>Alerts with the same key speak of the same thing, so that a handler can merge them.</summary>
    public required string DedupKey { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>A few sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The plugin that raised it; set by the host.</summary>
    public string? Plugin { get; init; }

    /// <summary>What it concerns.</summary>
    public AlertScope Scope { get; init; } = new();

    /// <summary>What was seen.</summary>
    public Money? Observed { get; init; }

    /// <summary>What it is compared with.</summary>
    public Money? Baseline { get; init; }

    /// <summary>(observed - baseline) / baseline, a ratio.</summary>
    public decimal? ChangeRatio { get; init; }

    /// <summary>The ratio or amount above which the alert is raised.</summary>
    public decimal? Threshold { get; init; }

    /// <summary>More, by name.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Where to look further.</summary>
    public IReadOnlyList<Uri> Links { get; init; } = [];
}

/// <summary>What an alert concerns. A null member does not restrict.</summary>
public sealed record AlertScope
{
    /// <summary>The source that was analysed.</summary>
    public string? Source { get; init; }

    /// <summary>The day, UTC.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The provider.</summary>
    public string? ProviderName { get; init; }

    /// <summary>The sub account (account, subscription, project).</summary>
    public string? SubAccountId { get; init; }

    /// <summary>The service.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The resource.</summary>
    public string? ResourceId { get; init; }
}

/// <summary>What kind of alert it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertType>))]
public enum AlertType
{
    /// <summary>A kind of the plugin's own.</summary>
    Custom,

    /// <summary>A day costs far more than the day before.</summary>
    CostSpikeDetected,

    /// <summary>A budget is exceeded.</summary>
    BudgetExceeded,

    /// <summary>A resource does nothing.</summary>
    IdleResourceFound,

    /// <summary>A commitment is about to end.</summary>
    CommitmentExpiring,
}

/// <summary>How much something matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertSeverity>))]
public enum AlertSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Look at it soon.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Error,

    /// <summary>Look at it now.</summary>
    Critical,
}

/// <summary>Whether an alert is open or settled.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertStatus>))]
public enum AlertStatus
{
    /// <summary>Not yet looked at.</summary>
    Open,

    /// <summary>Somebody looks at it.</summary>
    Acknowledged,

    /// <summary>Settled.</summary>
    Resolved,
}
