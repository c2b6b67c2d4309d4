using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Registration.Placing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// An operator's way to let plugins in, from outside of the host's process: a plugin is examined as the host examines it, then it and its line in
/// <c>plugins.lock</c> are put in place, both or neither. A host that watches the folder picks it up. Nothing of the plugin runs.
/// </summary>
public sealed class PluginRegistrar : IAsyncDisposable
{
    /// <summary>The code of the finding that no plugin of a name is registered.</summary>
    public const string UnknownPlugin = RegistrationCodes.Unknown;

    private const string Granted = "granted";

    private readonly PluginRegistrarOptions _options;
    private readonly TimeProvider _clock;
    private readonly FolderWorkspace _workspace;
    private readonly PluginLockFile _lock;
    private readonly RegistrarRooms _rooms;

    /// <summary>Creates a registrar.</summary>
    /// <param name="options">Where, and how strictly.</param>
    /// <param name="clock">The clock.</param>
    public PluginRegistrar(PluginRegistrarOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock);
        _workspace = new FolderWorkspace(options.PluginDirectory);
        _lock = new PluginLockFile(_workspace.PluginDirectory);
        _rooms = new RegistrarRooms(options);
    }

    /// <summary>Reads what is registered.</summary>
    /// <returns>The lock file; empty where there is none.</returns>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    public PluginLock Read() => _lock.Read();

    /// <summary>Examines a plugin, one that is to come in or one that lies in the plugin folder already. Nothing is changed until it is committed.</summary>
    /// <param name="path">The plugin's folder, its archive, or its DLL.</param>
    /// <param name="progress">Hears of each step as it ends.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <returns>The registration, to be committed or disposed.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<PendingRegistration> PrepareAsync(string path, IProgress<StepReport>? progress, CancellationToken cancellationToken)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Path.Exists(full)) throw new FileNotFoundException($"There is neither a file nor a folder '{full}'.", full);
        var pending = new PendingRegistration(this, _workspace, full);
        try
        {
            await pending.ExamineAsync(_rooms.Services, progress, cancellationToken).ConfigureAwait(false);
            return pending;
        }
        catch
        {
            // Whatever it was: nothing may be left behind.
            await pending.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes a plugin out of the folder and the lock file. Its grants are gone with it.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="cancellationToken">Gives up before anything is changed.</param>
    /// <returns>Why that is not possible; empty where it was done.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task<IReadOnlyList<Finding>> UnregisterAsync(string plugin, CancellationToken cancellationToken)
    {
        if (Complete() is { Count: > 0 } busy) return busy;
        var names = await _rooms.Services.GetRequiredService<PluginEntries>().NamesOfAsync(plugin, cancellationToken).ConfigureAwait(false);
        return Alone(() =>
        {
            var before = Read().Plugins.GetValueOrDefault(plugin);
            if (before is null && names.Count == 0) return [NotThere(plugin)];
            Carry(new FolderTransaction(plugin, null) { Removed = names, Leaving = _workspace.Leaving(), Trace = [Entry("unregistered", plugin, before)] });
            return [];
        });
    }

    /// <summary>Grants permissions to a registered plugin. A running host lets it use them from then on.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="permissions">The permissions: what the plugin asks for, or what new content of it asks for that is held back.</param>
    /// <returns>Why that is not possible; empty where it was done.</returns>
    /// <exception cref="IOException">The lock file cannot be written.</exception>
    public IReadOnlyList<Finding> Grant(string plugin, IReadOnlyCollection<string> permissions)
        => ChangeGrants(plugin, Granted, permissions, locked => locked.Permissions.Union(_rooms.Services.GetRequiredService<PluginEntries>().AskedBy(plugin, CancellationToken.None)), static (grants, changed) => grants.Union(changed, StringComparer.Ordinal));

    /// <summary>Takes permissions back. A running plugin is denied their next use; one whose code uses them without asking is taken out of service by a strict host.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="permissions">The permissions.</param>
    /// <returns>Why that is not possible; empty where it was done.</returns>
    /// <exception cref="IOException">The lock file cannot be written.</exception>
    public IReadOnlyList<Finding> Revoke(string plugin, IReadOnlyCollection<string> permissions)
        => ChangeGrants(plugin, "revoked", permissions, locked => _rooms.Services.GetRequiredService<ManifestReader>().Known.Permissions.Union(locked.Grants), static (grants, changed) => grants.Except(changed, StringComparer.Ordinal));

    /// <summary>Holds what lies in the plugin folder against the lock file, after completing what a process that died has begun.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Every difference; empty where there is none.</returns>
    /// <exception cref="IOException">The folder cannot be read, or not be written where something is to be completed.</exception>
    public async Task<IReadOnlyList<Finding>> VerifyAsync(CancellationToken cancellationToken)
    {
        var busy = Complete();
        return busy.Count > 0 ? busy : await FolderVerification.VerifyAsync(_rooms.Services, _lock, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _rooms.DisposeAsync();

    /// <summary>Puts a plugin in place, unless it was registered anew since whoever decides has seen it.</summary>
    /// <param name="transaction">The change. What is granted or revoked meanwhile holds for it too.</param>
    /// <param name="seen">How the plugin was registered when this was decided; null where it was not.</param>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="detail">Why.</param>
    /// <returns>Why that is not possible, empty where it was done; null where the plugin is not registered as seen.</returns>
    internal IReadOnlyList<Finding>? Place(FolderTransaction transaction, LockedPlugin? seen, string action, string? detail = null)
    {
        var isAsSeen = true;
        var findings = Alone(() =>
        {
            var now = Read().Plugins.GetValueOrDefault(transaction.Plugin);
            isAsSeen = (now?.Hash, now?.Signer) == (seen?.Hash, seen?.Signer);
            if (!isAsSeen) return [];
            if (transaction.IsObstructed(_workspace)) return [Obstructed(transaction.Plugin)];
            var (locked, had, has) = (transaction.Locked!, seen?.Grants ?? [], now?.Grants ?? []);
            var granted = locked.Grants.Except(had.Except(has)).Union(has.Except(had)).Intersect(locked.Permissions, StringComparer.Ordinal);
            locked = locked with { Grants = [.. granted.Order(StringComparer.Ordinal)] };
            var entries = locked.Grants.Except(has).Select(grant => Entry(Granted, transaction.Plugin, locked, grant)).Prepend(Entry(action, transaction.Plugin, locked, detail: detail));
            Carry(transaction with { Locked = locked, Trace = [.. entries] });
            return [];
        });
        return isAsSeen ? findings : null;
    }

    /// <summary>Completes what a process that died has begun.</summary>
    /// <returns>Why that is not possible; empty where it was done, or there was nothing.</returns>
    internal IReadOnlyList<Finding> Complete() => _workspace.Exists ? Alone(null) : [];

    /// <summary>Where what is taken away goes: to be deleted in the end, or to be kept.</summary>
    internal string Leaving(bool kept) => kept ? _workspace.Keeping() : _workspace.Leaving();

    private IReadOnlyList<Finding> ChangeGrants(
        string plugin, string action, IReadOnlyCollection<string> permissions, Func<LockedPlugin, IEnumerable<string>> allowed, Func<IReadOnlyList<string>, IReadOnlyCollection<string>, IEnumerable<string>> change) => Alone(() =>
    {
        if (Read().Plugins.GetValueOrDefault(plugin) is not { } locked) return [action == Granted ? NotThereToGrant(plugin, permissions) : NotThere(plugin)];
        string[] known = [.. allowed(locked)];
        if (permissions.FirstOrDefault(p => !known.Contains(p, StringComparer.Ordinal)) is { } unknown)
            return [Finding.Error(RegistrationCodes.NotAskedFor, $"{plugin} does not ask for a permission '{unknown}'.", known.Length == 0 ? "It asks for nothing: grant nothing." : NearestName.Suggest(unknown, known))];
        var changed = locked with { Grants = [.. change(locked.Grants, permissions).Order(StringComparer.Ordinal)] };
        Carry(new FolderTransaction(plugin, changed) { Trace = [.. permissions.Distinct(StringComparer.Ordinal).Select(permission => Entry(action, plugin, changed, permission))] });
        return [];
    });

    /// <summary>With the right to change the folder, after what others left unfinished.</summary>
    private IReadOnlyList<Finding> Alone(Func<IReadOnlyList<Finding>>? act)
    {
        using var taken = _workspace.TryTake(waits: true);
        if (taken is null)
        {
            return [Finding.Error(RegistrationCodes.FolderBusy, $"Another process is changing '{_workspace.PluginDirectory}'.", "Wait for it, then try again.", new FindingLocation(_workspace.PluginDirectory))];
        }

        try
        {
            FolderTransaction.Recover(_workspace, entries => Audit.AppendMissing(entries), change => change.Entry(_clock.GetUtcNow(), Actor));
        }
        catch (InvalidDataException e) when (DamagedFile.FindingOf(e) is { } damage)
        {
            // The lock file: mended, it lets the change be completed.
            return [damage];
        }
        catch (InvalidDataException e)
        {
            // Somebody wrote into the workspace, or the disk has lost something: what was intended is not known, so nothing is done about it.
            return [Finding.Error(RegistrationCodes.ChangeNotKnown, $"A change that was cut off cannot be completed: {e.Message}",
                "Delete that file; 'csg plugins verify' then says how folder and lock file differ.", new FindingLocation(_workspace.TransactionPath))];
        }

        _workspace.Clean();
        if (act is null) return [];
        // Nothing is changed without a trace: what can be known before is found before.
        Audit.Probe();
        return act();
    }

    private AuditFile Audit => _rooms.Services.GetRequiredService<AuditFile>();

    private string Actor => _options.ActsForHost ? "host" : $"operator:{_options.Actor}";

    private void Carry(FolderTransaction transaction) => transaction.Carry(_workspace, Audit.Append);

    private AuditEntry Entry(string action, string plugin, LockedPlugin? locked, string? permission = null, string? detail = null)
        => new(_clock.GetUtcNow(), action, plugin) { Actor = Actor, Version = locked?.Version, Hash = locked?.Hash, Permission = permission, Detail = detail };

    private Finding Obstructed(string plugin) => Finding.Error(RegistrationCodes.PlaceTaken, $"'{_workspace.EntryOf(plugin)}' is something else than {plugin}, which would have its place there.",
        "Move it away, then try again.", new FindingLocation(_workspace.EntryOf(plugin)));

    /// <summary>Nothing can be granted in a lock file that does not have the plugin: it comes in with its grants, or the host's configuration has them.</summary>
    private Finding NotThereToGrant(string plugin, IReadOnlyCollection<string> permissions)
        => NotThere(plugin) with { Remedy = $"{NotThere(plugin).Remedy} {GrantRule.HowToGrant(plugin, "PATH", isRegistered: false, permissions)}" };

    private Finding NotThere(string plugin) => Finding.Error(RegistrationCodes.Unknown, $"No plugin '{plugin}' is registered.",
        Read().Plugins.Count == 0 ? "Nothing is: csg plugins register PATH." : $"Name one of {string.Join(", ", Read().Plugins.Keys)}.", new FindingLocation(_lock.Path));
}
