namespace CloudSage.PluginHost.Advisories.Admission;

/// <summary>What is said of a plugin's packages. Listed in docs/diagnostics.md.</summary>
internal static class AdvisoryCodes
{
    /// <summary>A package that the plugin brings is affected by a known vulnerability. Update the package, or waive the advisory for a time.</summary>
    public const string Vulnerable = "CSG2301";

    /// <summary>Something that the plugin brings could not be looked up. The message says what, and why.</summary>
    public const string NotScanned = "CSG2302";

    /// <summary>The database of advisories is older than allowed, or of no known day. Fetch a newer one.</summary>
    public const string DatabaseStale = "CSG2303";

    /// <summary>The waiver of a vulnerability ends within a week. Update the package before, or waive it for longer.</summary>
    public const string WaiverEnds = "CSG2304";
}
