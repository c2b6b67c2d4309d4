namespace CloudSage.PluginHost.Advisories;

/// <summary>Where advisories are and how long they hold.</summary>
public sealed class AdvisoryOptions
{
    /// <summary>A folder or a <c>.zip</c> of OSV records in JSON; null where there is none.</summary>
    public string? Database { get; set; }

    /// <summary>How old the database may be before "nothing found" is no longer good news. Default: 7 days.</summary>
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What is done with a plugin that is not known to be clean. Default: <see cref="AdvisoryPolicy.ByEnvironment"/>.</summary>
    public AdvisoryPolicy Policy { get; set; }

    /// <summary>What the operator accepts for a time.</summary>
    public IList<AdvisoryWaiver> Waivers { get; } = [];
}

/// <summary>What is done with a plugin whose packages are not known to be clean.</summary>
public enum AdvisoryPolicy
{
    /// <summary>It is refused by a host with a strict policy, and used with warnings by a lenient one: see <see cref="Registration.RegistrationOptions.Policy"/>.</summary>
    ByEnvironment,

    /// <summary>It is used, with warnings.</summary>
    Warn,

    /// <summary>It is refused where a package is affected, where something could not be looked up, and where the database is too old.</summary>
    Refuse,
}
