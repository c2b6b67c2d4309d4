namespace CloudSage.PluginHost.Advisories;

/// <summary>
/// Where advisories are, how long they hold and what is done about them. Bound from the configuration section <c>PluginHost:Advisories</c>; a change of it counts at once
/// for what comes in, and at the next look for what runs.
/// </summary>
public sealed class AdvisoryOptions
{
    /// <summary>The name of the part of the section <c>PluginHost</c>.</summary>
    public const string SectionName = "Advisories";

    /// <summary>A folder or a <c>.zip</c> of OSV records in JSON, relative to the content root; null where there is none.</summary>
    public string? Database { get; set; }

    /// <summary>
    /// Whether plugins are judged though no database is named: nothing is known of them then, which a strict host refuses. Default: true; without it advisories are looked
    /// up only where a database is named.
    /// </summary>
    public bool Required { get; set; } = true;

    /// <summary>How old the database may be before "nothing found" is no longer good news. Default: 7 days.</summary>
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What is done with a plugin that is not known to be clean. Default: <see cref="AdvisoryPolicy.ByEnvironment"/>.</summary>
    public AdvisoryPolicy Policy { get; set; }

    /// <summary>What is done with a plugin that runs when it turns out to be vulnerable, and is refused by <see cref="Policy"/>. Default: <see cref="RunningAdvisoryAction.Warn"/>.</summary>
    public RunningAdvisoryAction OnRunning { get; set; }

    /// <summary>How often the database, its age and the waivers are looked at for changes. Default: 15 s.</summary>
    public TimeSpan LookInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What the operator accepts for a time.</summary>
    public IList<AdvisoryWaiver> Waivers { get; } = [];

    /// <summary>Whether nobody asks for advisories.</summary>
    internal bool IsOff => !Required && string.IsNullOrWhiteSpace(Database);

    /// <summary>Whether a database of that day says too little today. One of which nobody knows the day does.</summary>
    internal bool IsTooOld(DateTimeOffset? date, DateTimeOffset now) => date is not { } day || now - day > MaximumAge;
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

/// <summary>
/// What is done with a plugin that runs and is found to be vulnerable, such as by a newer database. What is merely not known (no database, a damaged or an old one) never
/// stops a plugin that runs: it is shown.
/// </summary>
public enum RunningAdvisoryAction
{
    /// <summary>It goes on, with the finding as a warning. When the host starts anew, it is let in or refused as <see cref="AdvisoryOptions.Policy"/> says.</summary>
    Warn,

    /// <summary>It finishes its calls and is unloaded, and comes back by itself when it is found clean: by a waiver, or by a corrected database.</summary>
    Disable,

    /// <summary>It goes on, with the finding as a warning, until it is updated to a version that is not affected. This package does not update; another one reads this.</summary>
    Update,
}
