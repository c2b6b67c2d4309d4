namespace CloudSage.Plugins.Costs;

/// <summary>Which cost records to read. A null or empty member does not restrict.</summary>
public sealed record CostDataQuery
{
    /// <summary>Only records of this analysis; null means the one that the current call belongs to, else all.</summary>
    public string? AnalysisId { get; init; }

    /// <summary>Only charges that start at or after this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only charges that start before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only charges in this currency.</summary>
    public string? Currency { get; init; }

    /// <summary>Only charges of these services.</summary>
    public IReadOnlyList<string> ServiceNames { get; init; } = [];

    /// <summary>Only charges of these resources.</summary>
    public IReadOnlyList<string> ResourceIds { get; init; } = [];

    /// <summary>Which charges to count.</summary>
    public ChargeFilter ChargeFilter { get; init; }
}
