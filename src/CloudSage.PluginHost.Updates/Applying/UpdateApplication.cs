using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Installing;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>Puts the version of a plan in place by the one way in, and keeps the version before until the new one has proved itself.</summary>
internal sealed class UpdateApplication(
    IServiceProvider services, PluginPackages packages, IPluginHost host, UpdateJournal journal, UpdateTrial trial, TimeProvider clock, ILogger<UpdateApplication> logger)
{
    /// <summary>Updates one plugin.</summary>
    /// <returns>Why it was not updated, or was rolled back.</returns>
    /// <exception cref="IOException">The folder or the record cannot be written; the next round goes on from there.</exception>
    public async Task<IReadOnlyList<Finding>> ApplyAsync(string directory, SecurityUpdate update, CancellationToken cancellationToken)
    {
        var prepared = await packages.PrepareAsync(update.Package!, directory, cancellationToken).ConfigureAwait(false);
        using var made = prepared.Plugin;
        if (made is null) return Refused(update, prepared.Findings);
        await using var registrar = Open(directory);
        await using var pending = await registrar.PrepareAsync(made.Folder, null, cancellationToken).ConfigureAwait(false);
        var origin = PackageOrigin.Of(made.Package, update.Locked!.Range);
        var line = pending.LineFor([], origin);
        if (line.Value is not { } to) return Refused(update, line.Findings);
        if (pending.Before?.Hash != update.Locked.Hash || pending.Replaced is not [var entry] || entry != update.Plugin) return [NotAsRegistered(update)];

        var before = host.Find(update.Plugin);
        var record = new UpdateRecord(
            directory, pending.Before, to, registrar.Leaving(kept: true), before is { State: PluginState.Active or PluginState.Faulted } && before.Hash == pending.Before.Hash, clock.GetUtcNow());
        await using var watch = new HealthWatch(host, update.Plugin, to.Version);
        journal.Keep(update.Plugin, record);
        KeptFolder.Claim(record.Kept, journal.Path);
        var why = $"{update.Installed} is affected by {string.Join(", ", update.Mended.SelectMany(static m => m.Ids).Distinct())}";
        if (PackageOrigin.SourceChange(update.Plugin, pending.Before, origin) is { } change) why += $"; {change.Message}";
        var refused = pending.Exchange(to, record.Kept, "security-update", why);
        if (refused is not { Count: 0 })
        {
            trial.End(update.Plugin, record);
            return refused is null ? [NotAsRegistered(update)] : refused;
        }

        logger.Updated(update.Plugin, update.Installed, to.Version);
        return await trial.HoldAsync(update.Plugin, record, registrar, watch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with what an earlier round or a process that died has begun.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="IOException">As before.</exception>
    public async Task<IReadOnlyList<Finding>> ResumeAsync(string plugin, UpdateRecord record, CancellationToken cancellationToken)
    {
        await using var registrar = Open(record.Directory);
        if (registrar.Complete() is { Count: > 0 } busy) return busy;
        var registered = registrar.Read().Plugins.GetValueOrDefault(plugin)?.Hash;
        if (registered == record.To.Hash)
        {
            if (record.Trouble is not null) return await trial.RollBackAsync(plugin, record, registrar, cancellationToken).ConfigureAwait(false);
            await using var watch = new HealthWatch(host, plugin, record.To.Version);
            return await trial.HoldAsync(plugin, record, registrar, watch, cancellationToken).ConfigureAwait(false);
        }

        // Put back, and what follows is missing; or never put in place; or registered anew since.
        if (registered == record.From.Hash && record.Trouble is not null) await trial.FinishRollBackAsync(plugin, record, cancellationToken).ConfigureAwait(false);
        else trial.End(plugin, record);
        return [];
    }

    private PluginRegistrar Open(string directory) => new(PluginRegistrarOptions.Of(services, directory), clock);

    private static IReadOnlyList<Finding> Refused(SecurityUpdate update, IReadOnlyList<Finding> why) =>
    [
        Finding.Warning(UpdateCodes.CannotBeInstalled, $"{update.Plugin} {update.Target} mends what affects {update.Installed}, and is refused.", "The findings beside this one say why."), .. why,
    ];

    private static Finding NotAsRegistered(SecurityUpdate update) => Finding.Warning(
        UpdateCodes.NotAsRegistered, $"What lies in the plugin folder is not {update.Plugin} {update.Installed} as it was installed from its package.",
        $"Register it anew, or install it again: csg plugins install {update.Locked?.Origin}.");
}
