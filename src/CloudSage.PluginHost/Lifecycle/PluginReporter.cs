using System.Globalization;
using System.Text.Json;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Unloading;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>
/// Tells of every change once: to subscribers as an event, to the operator as one line in the log. What was noted is told by <see cref="Publish()"/>,
/// when table and statuses show it already. For the coordinator's loop alone.
/// </summary>
internal sealed class PluginReporter(PluginEventHub hub, LifecycleTelemetry telemetry, AuditTrail audit, ILogger<PluginReporter> logger)
{
    private readonly List<Action> _noted = [];

    /// <summary>Tells what was noted, in order.</summary>
    public void Publish()
    {
        Action[] noted = [.. _noted];
        _noted.Clear();
        foreach (var tell in noted) tell();
    }

    public void Added(string plugin, string version, TimeSpan elapsed, IReadOnlyList<string> points)
        => Tell(PluginEventKind.Added, plugin, version, PluginState.Active, $"{plugin} {version} added, serves {string.Join(", ", points)} ({Text(elapsed)})", elapsed);

    /// <param name="from">The version that served.</param>
    /// <param name="to">The version that serves; an operator may also go back.</param>
    /// <param name="elapsed">How long that took.</param>
    public void Upgraded(PluginDescriptor from, PluginDescriptor to, TimeSpan elapsed) => Tell(PluginEventKind.Upgraded, to.Name, to.Manifest.Version, PluginState.Active,
        $"{to.Name} {(to.Version < from.Version ? "downgraded" : "upgraded")} from {from.Manifest.Version} to {to.Manifest.Version} ({Text(elapsed)})", elapsed);

    public void StartFailed(string plugin, string version, string? serving, PluginState state, IReadOnlyList<Finding> findings)
    {
        if (serving is not null)
            Tell(PluginEventKind.UpgradeFailed, plugin, version, PluginState.Active, $"{plugin} {version} failed to start; {serving} goes on serving. {Reasons(findings)}");
        else
            Tell(state == PluginState.Faulted ? PluginEventKind.Faulted : PluginEventKind.Rejected, plugin, version, state, $"{plugin} {version} is not used. {Reasons(findings)}");
    }

    public void Refused(string plugin, string? serving, IReadOnlyList<Finding> findings)
    {
        if (serving is not null)
            Tell(PluginEventKind.UpgradeFailed, plugin, null, PluginState.Active, $"The new content of {plugin} is refused; {serving} goes on serving. {Reasons(findings)}");
        else
            Tell(PluginEventKind.Rejected, plugin, null, PluginState.Rejected, $"{plugin} is refused. {Reasons(findings)}");
    }

    public void Reviewed(string plugin, string version, IReadOnlyList<Finding> findings) => Tell(PluginEventKind.Reviewed, plugin, version, PluginState.Active,
        $"{plugin} {version} was examined again and goes on serving. {(findings.Count == 0 ? "Nothing is found any more." : Reasons(findings))}", isTrouble: findings.Count > 0);

    public void Kept(string plugin, string version, IReadOnlyList<Finding> findings) => Tell(PluginEventKind.Reviewed, plugin, version, PluginState.Active,
        $"{plugin} {version} was examined again and goes on serving, but would not be let in again. {Reasons(findings)}", isTrouble: true);

    public void Withdrawn(string plugin, string version, IReadOnlyList<Finding> findings)
        => Tell(PluginEventKind.Withdrawn, plugin, version, PluginState.Rejected, $"{plugin} {version} was examined again and is taken out of service. {Reasons(findings)}");

    public void Mended(string plugin, string version)
        => Tell(PluginEventKind.Recovered, plugin, version, PluginState.Active, $"{plugin} is again as it was: {version} goes on serving");

    public void Waiting(string plugin, string version, IReadOnlyList<Finding> findings)
        => Tell(PluginEventKind.Waiting, plugin, version, PluginState.Waiting, $"{plugin} {version} waits. {Reasons(findings)}");

    public void Removed(string plugin, string version, PluginState state, bool hostStops, TimeSpan elapsed)
        => Tell(PluginEventKind.Removed, plugin, version, state, $"{plugin} {version} {(hostStops ? "stopped with the host" : "removed")} ({Text(elapsed)})", elapsed);

    public void BreakerChanged(string plugin, string version, bool open, PluginFault? last)
    {
        if (open) Tell(PluginEventKind.Faulted, plugin, version, PluginState.Faulted, $"{plugin} {version} fails again and again; its calls are refused for a while. Last: {last?.ExceptionType}: {last?.Message}");
        else Tell(PluginEventKind.Recovered, plugin, version, PluginState.Active, $"{plugin} {version} serves again");
    }

    public void Operator(PluginEventKind kind, string plugin, PluginState state, string what)
        => Tell(kind, plugin, null, state, $"{plugin} {what} by the operator");

    public void Quarantined(string plugin, Quarantine quarantine)
        => Tell(PluginEventKind.Quarantined, plugin, quarantine.Version, PluginState.Quarantined, $"{LifecycleCodes.Quarantined}: {plugin} {quarantine.Version} is under quarantine: {quarantine.Reason}");

    /// <param name="verdict">What became of an unloaded version.</param>
    /// <param name="serving">The plugin's state where another version serves.</param>
    public void Unloaded(UnloadVerdict verdict, PluginState? serving)
    {
        var (version, elapsed) = ($"{verdict.Plugin} {verdict.Version}", Text(verdict.Elapsed));
        var (kind, state, message) = verdict switch
        {
            { Collected: true } => (PluginEventKind.Collected, PluginState.Unloaded, $"{version} left memory after {verdict.Collections} collection(s) ({elapsed})"),
            { StillRunning.Count: > 0 } => (PluginEventKind.Quarantined, PluginState.Quarantined,
                $"{UnloadingCodes.StillRuns}: {version} was stopped but still runs ({string.Join(", ", verdict.StillRunning)}); it gets no calls and is collected when it ends ({elapsed})"),
            _ => (PluginEventKind.Leaked, PluginState.Leaked, $"{UnloadingCodes.Leaked}: {version} is still in memory after {verdict.Collections} collections ({elapsed})"),
        };
        telemetry.Unloaded(verdict);
        Tell(kind, verdict.Plugin, verdict.Version, serving ?? state, message, verdict.Elapsed);
    }

    /// <summary>The event bears the report in one line, the log the whole.</summary>
    public void Explained(LeakReport report)
    {
        var code = report.Holders.Count > 0 ? Unloading.UnloadingCodes.LeakReport : Unloading.UnloadingCodes.NoLeakReport;
        var message = ShownText.Escape($"{code}: {report.Summary}".ReplaceLineEndings(" "));
        _noted.Add(() =>
        {
            telemetry.Changed(PluginEventKind.LeakExplained, report.Elapsed);
            hub.Publish(PluginEventKind.LeakExplained, report.Plugin, report.Version, PluginState.Leaked, message, report.Elapsed);
            logger.PluginTrouble(ShownText.EscapeLines($"{code}: {report}"));
        });
    }

    private void Tell(PluginEventKind kind, string plugin, string? version, PluginState state, string message, TimeSpan? elapsed = null, bool isTrouble = false)
    {
        // Names and messages come from files and plugins that anyone may have written: no line break or control sequence of theirs may forge a line
        // of the log or steer the terminal that shows it.
        message = ShownText.Escape(message.ReplaceLineEndings(" "));
        _noted.Add(() => Publish(kind, plugin, version, state, message, elapsed, isTrouble));
    }

    private void Publish(PluginEventKind kind, string plugin, string? version, PluginState state, string message, TimeSpan? elapsed, bool isTrouble)
    {
        telemetry.Changed(kind, elapsed);
        hub.Publish(kind, plugin, version, state, message, elapsed);
        audit.Note(JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()), plugin, version, message);
        if (isTrouble || kind is PluginEventKind.UpgradeFailed or PluginEventKind.Rejected or PluginEventKind.Faulted or PluginEventKind.Leaked or PluginEventKind.Quarantined or PluginEventKind.Withdrawn)
            logger.PluginTrouble(message);
        else
            logger.PluginChanged(message);
    }

    private static string Reasons(IReadOnlyList<Finding> findings)
    {
        var errors = findings.Where(static f => f.Severity == FindingSeverity.Error).ToArray();
        return string.Join(" ", errors.Length > 0 ? errors : findings);
    }

    private static string Text(TimeSpan elapsed) => elapsed.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s");
}
