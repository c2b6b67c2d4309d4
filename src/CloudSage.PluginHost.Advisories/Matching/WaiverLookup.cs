namespace CloudSage.PluginHost.Advisories.Matching;

/// <summary>What the operator accepts at this moment.</summary>
internal static class WaiverLookup
{
    /// <summary>The waiver that covers a vulnerability of a plugin; of several that which holds longest. Null where none does or all have expired.</summary>
    public static AdvisoryWaiver? For(AdvisoryMatch match, string plugin, IEnumerable<AdvisoryWaiver> waivers, DateTimeOffset now)
        => waivers.Where(waiver => waiver.Expires > now && IsAbout(waiver, match, plugin)).MaxBy(static w => w.Expires);

    /// <summary>The last waiver that covered it and has expired; null where there is none.</summary>
    public static AdvisoryWaiver? ExpiredFor(AdvisoryMatch match, string plugin, IEnumerable<AdvisoryWaiver> waivers, DateTimeOffset now)
        => waivers.Where(waiver => waiver.Expires <= now && IsAbout(waiver, match, plugin)).MaxBy(static w => w.Expires);

    private static bool IsAbout(AdvisoryWaiver waiver, AdvisoryMatch match, string plugin)
        => (waiver.Plugin is null || waiver.Plugin == plugin) && match.Ids.Contains(waiver.Id, StringComparer.OrdinalIgnoreCase);
}
