using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration.Placing;
using CloudSage.PluginHost.Updates.Planning;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>One look at all plugins: what an earlier one left is completed, then every plugin that may be updated is, one after another.</summary>
internal sealed class SecurityUpdateRound(
    SecurityUpdatePlanner planner, UpdateApplication application, UpdateJournal journal, IOptions<DiscoveryOptions> discovery,
    IOptionsMonitor<AdvisoryOptions> advisories, TimeProvider clock, ILogger<SecurityUpdateRound> logger)
{
    /// <summary>A source or disk that fails may soon be mended.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(15);

    /// <summary>What the last round told already: only what is new is told again.</summary>
    private HashSet<Finding> _told = [];

    /// <summary>Carries the round out. What goes wrong with a folder is told, and tried again by the next round.</summary>
    /// <returns>The moment from which another round may do more; null where none is known.</returns>
    public async Task<DateTimeOffset?> RunAsync(CancellationToken cancellationToken)
    {
        var (found, notBefore) = (new List<Finding>(), new List<DateTimeOffset>());
        var failed = !await TryAsync("the records of updates", async () =>
        {
            foreach (var (plugin, record) in journal.Read().Pending) found.AddRange(await application.ResumeAsync(plugin, record, cancellationToken).ConfigureAwait(false));
        }).ConfigureAwait(false);
        // What is under way was brought to an end; what was kept for it and is still there is of nobody.
        foreach (var directory in discovery.Value.AbsoluteDirectories)
        {
            failed |= !await TryAsync(directory, () =>
            {
                new FolderWorkspace(directory).CleanKept(path => KeptFolder.IsNeeded(path, journal.Path));
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        }

        foreach (var directory in advisories.CurrentValue.OnRunning == RunningAdvisoryAction.Update ? discovery.Value.AbsoluteDirectories : [])
        {
            failed |= !await TryAsync(directory, async () =>
            {
                foreach (var update in (await planner.PlanAsync(directory, null, cancellationToken).ConfigureAwait(false)).OrderByDescending(static u => u.Advisories.Select(static a => a.Severity).DefaultIfEmpty().Max()))
                {
                    found.AddRange(update.Findings);
                    if (update.NotBefore is { } at) notBefore.Add(at);
                    if (update.Package is not null) found.AddRange(await application.ApplyAsync(directory, update, cancellationToken).ConfigureAwait(false));
                }
            }).ConfigureAwait(false);
        }

        foreach (var finding in found.Where(f => !_told.Contains(f))) logger.NotUpdated(finding);
        _told = [.. found];
        if (failed || found.Any(static f => f.Severity == FindingSeverity.Error)) notBefore.Add(clock.GetUtcNow() + PauseAfterFailure);
        return notBefore.Count == 0 ? null : notBefore.Min();
    }

    private async Task<bool> TryAsync(string what, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // A full disk, missing rights, a damaged lock file: others must not wait for that to be mended.
            logger.RoundFailed(what, e.Message);
            return false;
        }
    }
}
