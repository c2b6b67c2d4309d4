namespace CloudSage.PluginHost.Advisories;

/// <summary>The operator's word that a vulnerability is accepted for a time.</summary>
public sealed record AdvisoryWaiver
{
    /// <summary>The vulnerability, by any of its ids: <c>GHSA-...</c>, <c>CVE-...</c>, <c>PYSEC-...</c>, <c>GO-...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Why it is accepted.</summary>
    public required string Reason { get; init; }

    /// <summary>The moment from which it no longer holds. There is no waiver for ever.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The plugin that it is for; null for every plugin.</summary>
    public string? Plugin { get; init; }

    /// <summary>How long before its end it is said that it ends: whoever takes plugins out of service must not be surprised.</summary>
    internal static TimeSpan Notice { get; } = TimeSpan.FromDays(7);

    internal bool EndsSoon(DateTimeOffset now) => Expires > now && Expires - now <= Notice;
}
