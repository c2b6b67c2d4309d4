using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudSage.PluginHost.Advisories.Admission;

/// <summary>Lets a plugin in by what is known of its packages.</summary>
internal sealed class AdvisoryCheck(
    AdvisoryScanner scanner, IAdvisoryWatch watch, IOptionsMonitor<AdvisoryOptions> options, IEnumerable<IAdvisoryTolerance> tolerances, TimeProvider clock) : IPluginCheck
{
    public RegistrationStep Step => RegistrationStep.Advisories;

    public bool YieldsToPolicy => options.CurrentValue.Policy == AdvisoryPolicy.ByEnvironment;

    public IChangeToken GetChangeToken() => watch.GetChangeToken();

    /// <summary>Only what is known stops a plugin that runs: a database that is damaged while it is exchanged must not take down everything.</summary>
    public bool Withdraws(Finding finding) => finding.Code == AdvisoryCodes.Vulnerable && options.CurrentValue.OnRunning == RunningAdvisoryAction.Disable;

    public ValueTask<IReadOnlyList<Finding>> CheckAsync(PluginCheckSubject plugin, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        if (settings.IsOff) return ValueTask.FromResult<IReadOnlyList<Finding>>([]);
        var report = scanner.Scan(plugin.Manifest.Name, plugin.Directory, plugin.Manifest.EntryPoint, cancellationToken);
        var severity = settings.Policy == AdvisoryPolicy.Warn ? FindingSeverity.Warning : FindingSeverity.Error;
        return ValueTask.FromResult<IReadOnlyList<Finding>>(
        [
            .. report.Matches.Select(match => Vulnerable(match, tolerances.Any(t => t.Tolerates(plugin.Manifest.Name, plugin.Hash)) ? FindingSeverity.Warning : severity)),
            .. report.Waived.Where(w => w.Waiver.EndsSoon(clock.GetUtcNow())).Select(EndsSoon),
            .. report.Unresolved.Select(sentence => new Finding(AdvisoryCodes.NotScanned, severity, sentence, "See to it, then retry the plugin: what is not looked up is not known to be clean.")),
            .. report.Verdict == AdvisoryVerdict.DatabaseStale ? [Stale(report, settings, severity)] : Array.Empty<Finding>(),
        ]);
    }

    private static Finding Vulnerable(AdvisoryMatch match, FindingSeverity severity) => new(
        AdvisoryCodes.Vulnerable, severity,
        $"{match.Package} has a known vulnerability ({match.Severity}): {string.Join(", ", match.Ids)}.{(match.Summary.Length > 0 ? $" {match.Summary}." : string.Empty)}"
            + (match.Expired is { } expired ? $" The waiver of {expired.Id} expired on {expired.Expires.UtcDateTime:yyyy-MM-dd} ({expired.Reason}), so it counts again." : string.Empty),
        match.FixedIn is { } version ? $"Update it to {version} or later, or waive the advisory for a time." : "There is no version that mends it yet: leave the package out, or waive the advisory for a time.",
        new FindingLocation(match.Package.Source));

    private static Finding EndsSoon(WaivedMatch waived) => Finding.Warning(
        AdvisoryCodes.WaiverEnds,
        $"The waiver of {waived.Waiver.Id} ends on {waived.Waiver.Expires.UtcDateTime:yyyy-MM-dd} ({waived.Waiver.Reason}); from then on {waived.Match.Package} counts as vulnerable ({waived.Match.Severity}) again.",
        waived.Match.FixedIn is { } version ? $"Update it to {version} or later before, or waive it for longer." : "There is no version that mends it yet: leave the package out before, or waive it for longer.",
        new FindingLocation(waived.Match.Package.Source));

    private static Finding Stale(AdvisoryReport report, AdvisoryOptions settings, FindingSeverity severity) => new(
        AdvisoryCodes.DatabaseStale, severity,
        report.SnapshotDate is { } day ? $"The database of advisories is of {day:yyyy-MM-dd}, older than {settings.MaximumAge.TotalDays:0.#} days: what has been found since is not known."
            : "Nothing in the database of advisories tells of which day it is, but days that are still to come: whether it is fresh is not known.",
        "Fetch a newer one, or raise the allowed age.");
}
