using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Placing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>A version that was put in place is on trial: it is confirmed when it has served for a while, otherwise the one before it is put back.</summary>
internal sealed class UpdateTrial(IPluginHost host, UpdateJournal journal, IOptionsMonitor<SecurityUpdateOptions> options, TimeProvider clock, ILogger<UpdateTrial> logger)
{
    /// <summary>One death of the process may have any reason.</summary>
    private const int MostTrials = 2;

    /// <summary>Waits until it is known how the version fares, and acts on it.</summary>
    /// <returns>Why it was rolled back; empty where it was confirmed, or the operator took over.</returns>
    /// <exception cref="IOException">The folder or the record cannot be written; the next round goes on from there.</exception>
    public async Task<IReadOnlyList<Finding>> HoldAsync(string plugin, UpdateRecord record, PluginRegistrar registrar, HealthWatch watch, CancellationToken cancellationToken)
    {
        journal.Keep(plugin, record with { Trials = record.Trials + 1 });
        var trouble = await TroubleAsync(plugin, record, watch, cancellationToken).ConfigureAwait(false);
        if (registrar.Read().Plugins.GetValueOrDefault(plugin)?.Hash != record.To.Hash)
        {
            // Registered anew or unregistered meanwhile: what the operator did holds.
            End(plugin, record);
            return [];
        }

        if (trouble is not null) return await RollBackAsync(plugin, record with { Trouble = trouble }, registrar, cancellationToken).ConfigureAwait(false);
        journal.Confirm(plugin);
        FolderWorkspace.Delete(record.Kept);
        logger.UpdateConfirmed(plugin, record.To.Version);
        return [];
    }

    /// <summary>Puts the version before back, with its line in the lock file; its files were never touched.</summary>
    public async Task<IReadOnlyList<Finding>> RollBackAsync(string plugin, UpdateRecord record, PluginRegistrar registrar, CancellationToken cancellationToken)
    {
        journal.Keep(plugin, record);
        var before = Path.Combine(record.Kept, plugin);
        if (!Directory.Exists(before))
        {
            journal.EndRolledBack(plugin, record);
            return [CannotRollBack(plugin, record, $"Its files are no longer in '{before}'.")];
        }

        var transaction = new FolderTransaction(plugin, record.From) { Incoming = before, Removed = [plugin], Leaving = registrar.Leaving(kept: false) };
        var refused = registrar.Place(transaction, record.To, "security-update-rolled-back", $"{record.To.Version} did not become healthy: {record.Trouble}");
        if (refused is null)
        {
            End(plugin, record);
            return [];
        }

        if (refused.Count > 0) return [CannotRollBack(plugin, record, string.Join(" ", refused)), .. refused];
        await FinishRollBackAsync(plugin, record, cancellationToken).ConfigureAwait(false);
        return [Finding.Warning(UpdateCodes.RolledBack, $"{plugin} {record.To.Version} did not become healthy, {record.From.Version} was put back: {record.Trouble}",
            $"Tell its author. A higher version is awaited; to try this one again: csg plugins update {plugin}.")];
    }

    /// <summary>Has the version that was put back serve again. The record of it ends last: who is stopped here goes on from here.</summary>
    public async Task FinishRollBackAsync(string plugin, UpdateRecord record, CancellationToken cancellationToken)
    {
        await host.SynchronizeAsync(cancellationToken).ConfigureAwait(false);
        // The version that took the process down has the name under quarantine, and is gone.
        if (host.Find(plugin) is { State: PluginState.Quarantined } && record.Served) await host.RetryAsync(plugin, cancellationToken).ConfigureAwait(false);
        journal.EndRolledBack(plugin, record);
        FolderWorkspace.Delete(record.Kept);
    }

    /// <summary>Forgets an update, and what was kept for it.</summary>
    public void End(string plugin, UpdateRecord record)
    {
        journal.End(plugin);
        FolderWorkspace.Delete(record.Kept);
    }

    /// <summary>What is wrong with the version; null where nothing is, at the end of its time.</summary>
    private async Task<string?> TroubleAsync(string plugin, UpdateRecord record, HealthWatch watch, CancellationToken cancellationToken)
    {
        if (record.Trials >= MostTrials) return $"The process ended {record.Trials} times while it was on trial.";
        try
        {
            await host.SynchronizeAsync(cancellationToken).ConfigureAwait(false);
            // Between the folder and its line in the lock file the host may have held one against the other's past.
            if (host.Find(plugin)?.Findings.Any(static f => f.Code == RegistrationCodes.Drift) == true) await host.RetryAsync(plugin, cancellationToken).ConfigureAwait(false);
            return await ObserveAsync(plugin, record, watch, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host stops in order, which says nothing about the version.
            journal.Keep(plugin, record);
            throw;
        }
    }

    private async Task<string?> ObserveAsync(string plugin, UpdateRecord record, HealthWatch watch, CancellationToken cancellationToken)
    {
        if (IsKeptBack(host.Find(plugin), record)) return null;
        if (Fault(host.Find(plugin), record) is { } atOnce) return atOnce;
        try
        {
            return await watch.Trouble.WaitAsync(options.CurrentValue.ObservationPeriod, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing was heard. A listener that was too slow sees here what lasts.
            return IsKeptBack(host.Find(plugin), record) ? null : Fault(host.Find(plugin), record);
        }
    }

    /// <summary>The operator disabled it, or it waits for another plugin or is under quarantine as the version before was: then there is nothing to be seen of it.</summary>
    private static bool IsKeptBack(PluginStatus? status, UpdateRecord record)
        => status?.State == PluginState.Disabled || (status?.State is PluginState.Waiting or PluginState.Quarantined && !record.Served);

    private static string? Fault(PluginStatus? status, UpdateRecord record)
    {
        if (status is { State: PluginState.Active } && status.Hash == record.To.Hash) return null;
        var why = status?.Findings.FirstOrDefault(static f => f.Severity == FindingSeverity.Error)?.ToString() ?? status?.LastFault?.ToString();
        // What a plugin says of its failure must not forge lines where it is shown.
        return ShownText.Escape($"{status?.State.ToString() ?? "it is not there"}{(why is null ? string.Empty : $": {why}")}".ReplaceLineEndings(" "));
    }

    private static Finding CannotRollBack(string plugin, UpdateRecord record, string why) => Finding.Error(UpdateCodes.CannotRollBack,
        $"{plugin} {record.To.Version} did not become healthy ({record.Trouble}), and {record.From.Version} cannot be put back: {why}", $"Install the wanted version: {record.From.Origin}.");
}
