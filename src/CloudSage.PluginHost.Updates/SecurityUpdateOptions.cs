using CloudSage.PluginHost.Advisories;

namespace CloudSage.PluginHost.Updates;

/// <summary>
/// The policy by which plugins with known vulnerabilities are updated, while <see cref="AdvisoryOptions.OnRunning"/> is <see cref="RunningAdvisoryAction.Update"/>. Bound from
/// the configuration section <c>PluginHost:SecurityUpdates</c>.
/// </summary>
public sealed class SecurityUpdateOptions
{
    /// <summary>The name of the part of the section <c>PluginHost</c>.</summary>
    public const string SectionName = "SecurityUpdates";

    /// <summary>The least severity of an advisory for which a plugin is updated. One without a severity counts as high. Default: <see cref="AdvisorySeverity.High"/>.</summary>
    public AdvisorySeverity MinimumSeverity { get; set; } = AdvisorySeverity.High;

    /// <summary>
    /// How long a version must have been public before it is taken: since the feed published it, where the feed says so, otherwise since this host first saw
    /// it. Guards against releases that are withdrawn within hours, malicious ones among them. Default: 1 day.
    /// </summary>
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The same for a version that mends a critical vulnerability. Default: zero, it is taken at once.</summary>
    public TimeSpan CriticalCooldown { get; set; }

    /// <summary>How long a new version must serve without being faulted before the old one is deleted. The next plugin is updated after that. Default: 5 min.</summary>
    public TimeSpan ObservationPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often fixes are looked for though neither plugins nor advisories changed. Default: 6 h.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Plugins that are not updated, by name.</summary>
    public IList<string> Exempt { get; } = [];

    /// <summary>
    /// Names of configured package sources, or addresses and folders. Empty, the default, means the one that each plugin came from; all that NuGet.Config enables where
    /// that was not kept.
    /// </summary>
    public IList<string> Sources { get; } = [];

    /// <summary>Whether a prerelease may be taken. Default: false.</summary>
    public bool AllowPrerelease { get; set; }
}
