namespace CloudSage.PluginHost.Advisories;

/// <summary>What a database of advisories says of one plugin.</summary>
public sealed record AdvisoryReport
{
    /// <summary>The answer.</summary>
    public required AdvisoryVerdict Verdict { get; init; }

    /// <summary>The vulnerabilities that no waiver covers, the worst first.</summary>
    public IReadOnlyList<AdvisoryMatch> Matches { get; init; } = [];

    /// <summary>The vulnerabilities that a waiver covers, with its reason.</summary>
    public IReadOnlyList<WaivedMatch> Waived { get; init; } = [];

    /// <summary>The packages that were looked up.</summary>
    public IReadOnlyList<ResolvedPackage> Packages { get; init; } = [];

    /// <summary>What could not be looked up, and why: each a sentence.</summary>
    public IReadOnlyList<string> Unresolved { get; init; } = [];

    /// <summary>The day of the database; null where there is none, or nothing in it tells its day but days that are still to come.</summary>
    public DateTimeOffset? SnapshotDate { get; init; }
}

/// <summary>A vulnerability that the operator has accepted for a time.</summary>
/// <param name="Match">The vulnerability.</param>
/// <param name="Waiver">Why and until when.</param>
public sealed record WaivedMatch(AdvisoryMatch Match, AdvisoryWaiver Waiver);
