namespace CloudSage.PluginHost.Advisories.Matching;

/// <summary>What the operator accepts at this moment.</summary>
internal static class WaiverLookup
{
    /// <summary>The waiver that covers a vulnerability of a plugin; null where none does or all have expired.</summary>
    public static AdvisoryWaiver? For(AdvisoryMatch match, string plugin, IEnumerable<AdvisoryWaiver> waivers, DateTimeOffset now)
        => waivers.FirstOrDefault(waiver => waiver.Expires > now
            && (waiver.Plugin is null || waiver.Plugin == plugin)
            && match.Ids.Contains(waiver.Id, StringComparer.OrdinalIgnoreCase));
}
