using CloudSage.PluginHost.Discovery;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Registration;

/// <summary>What the lock files of the plugin folders say. Refreshed by the coordinator alone; read by anyone without waiting.</summary>
internal sealed class PluginLocks(IOptions<DiscoveryOptions> options, TimeProvider clock)
{
    /// <summary>
    /// For so long a file that cannot be read says what it last said: whoever writes or copies it holds it for moments. Beyond, what it says now is not known, and
    /// may be a revocation.
    /// </summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    private readonly PluginLockFile[] _files = [.. options.Value.AbsoluteDirectories.Select(static d => new PluginLockFile(d))];

    private volatile IReadOnlyDictionary<string, LockState>? _states;

    /// <summary>Whether a lock file is there that could not be read, so that it must be looked at again though nothing signals a change.</summary>
    public bool IsUnread => States.Values.Any(static s => s.UnreadSince is not null);

    /// <summary>Reads the lock files that changed.</summary>
    /// <returns>Whether any says something else since this was last called.</returns>
    public bool Refresh()
    {
        var before = _states;
        if (before is not null && !_files.Any(static f => f.HasChanged)) return false;
        _states = _files.ToDictionary(static f => f.Directory, f => before is null || f.HasChanged ? Read(f, before?[f.Directory]) : before[f.Directory], PathBoundary.Comparer);
        return before is not null && _states.Any(s => !s.Value.SaysTheSame(before[s.Key]));
    }

    /// <summary>The state of the lock file beside a candidate.</summary>
    /// <param name="source">The candidate's file or folder.</param>
    public LockState Of(string source)
        => Path.GetDirectoryName(source) is { } directory && States.TryGetValue(directory, out var state) ? state : LockState.None;

    /// <summary>Whether a plugin is not registered beside a lock file, or in another folder instead.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="source">Where it lies.</param>
    public bool IsStranger(string plugin, string source)
        => Of(source).Lock is { } locked ? !locked.Plugins.ContainsKey(plugin) : RegisteredElsewhere(plugin, source) is not null;

    /// <summary>Another plugin folder in whose lock file a plugin is; null where there is none.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="source">A candidate of that name.</param>
    public string? RegisteredElsewhere(string plugin, string source)
        => States.FirstOrDefault(s => !s.Key.Equals(Path.GetDirectoryName(source), PathBoundary.Comparison) && s.Value.Lock?.Plugins.ContainsKey(plugin) == true).Key;

    /// <summary>Whether the lock file beside a plugin grants it the permission. What another folder grants to a plugin of that name is not for this one.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="source">Its file or folder.</param>
    /// <param name="permission">The permission.</param>
    public bool IsGranted(string plugin, string source, string permission)
        => Of(source).Lock?.Plugins.GetValueOrDefault(plugin)?.Grants.Contains(permission, StringComparer.Ordinal) == true;

    /// <summary>All grants, for whoever compares them with earlier ones.</summary>
    public IReadOnlySet<LockedGrant> Grants => States.SelectMany(static s => (s.Value.Lock?.Plugins ?? new Dictionary<string, LockedPlugin>())
        .SelectMany(p => p.Value.Grants.Select(g => new LockedGrant(s.Key, p.Key, g)))).ToHashSet();

    private IReadOnlyDictionary<string, LockState> States
    {
        get
        {
            if (_states is null) Refresh();
            return _states!;
        }
    }

    private LockState Read(PluginLockFile file, LockState? before)
    {
        try
        {
            var read = file.Read();
            return file.Exists ? new LockState(read, null) : LockState.None;
        }
        catch (InvalidDataException e)
        {
            return new LockState(null, DamagedFile.FindingOf(e) ?? Unread(file, e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var since = before?.UnreadSince ?? clock.GetUtcNow();
            if (before is not null && clock.GetUtcNow() - since < Moment) return before with { UnreadSince = since };
            // What it would have allowed is not known, so nothing is: the finding says so for every plugin of the folder.
            return new LockState(null, Unread(file, e)) { UnreadSince = since };
        }
    }

    private static Finding Unread(PluginLockFile file, Exception e)
        => Finding.Error(RegistrationCodes.LockDamaged, e.Message, "Let the host's account read the lock file; it is read again as soon as it can be.", new FindingLocation(file.Path));
}

/// <summary>What a lock file grants.</summary>
/// <param name="Directory">The plugin folder.</param>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Permission">The permission.</param>
internal sealed record LockedGrant(string Directory, string Plugin, string Permission);

/// <summary>A lock file as it was last read.</summary>
/// <param name="Lock">What it says; null where there is none, or it cannot be read.</param>
/// <param name="Damage">Why it cannot be read.</param>
internal sealed record LockState(PluginLock? Lock, Finding? Damage)
{
    /// <summary>Since when it is there and cannot be read; null where it could be when it was last looked at.</summary>
    public DateTimeOffset? UnreadSince { get; init; }

    public bool SaysTheSame(LockState other) => ReferenceEquals(Lock, other.Lock) && Damage == other.Damage;

    /// <summary>No lock file.</summary>
    public static LockState None { get; } = new(null, null);
}
