namespace CloudSage.PluginHost.Advisories;

/// <summary>Where advisories are and how long they hold.</summary>
public sealed class AdvisoryOptions
{
    /// <summary>A folder or a <c>.zip</c> of OSV records in JSON; null where there is none.</summary>
    public string? Database { get; set; }

    /// <summary>How old the database may be before "nothing found" is no longer good news. Default: 7 days.</summary>
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What the operator accepts for a time.</summary>
    public IList<AdvisoryWaiver> Waivers { get; } = [];
}
