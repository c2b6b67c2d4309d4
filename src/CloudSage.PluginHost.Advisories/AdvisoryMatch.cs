namespace CloudSage.PluginHost.Advisories;

/// <summary>A package that is affected by a vulnerability. Records of several sources about the same one are one match.</summary>
/// <param name="Package">The package.</param>
/// <param name="Ids">The ids of the vulnerability, records first and then other names: <c>GHSA-5crp-9r3c-p9vr</c>, <c>CVE-2024-21907</c>.</param>
/// <param name="Severity">The highest that any record gives.</param>
/// <param name="Summary">What it is, in the record's words; empty where the record does not say.</param>
/// <param name="FixedIn">The lowest version above the plugin's that is not affected any more; null where there is none yet.</param>
public sealed record AdvisoryMatch(ResolvedPackage Package, IReadOnlyList<string> Ids, AdvisorySeverity Severity, string Summary, string? FixedIn)
{
    /// <summary>The waiver that covered it until it expired, the latest of several; null where there was none. Take it out of the options where it is no longer needed.</summary>
    public AdvisoryWaiver? Expired { get; init; }
}
