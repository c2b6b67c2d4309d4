using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Updates.Planning;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>Remembers updates over a restart: those under way, those that were rolled back, and since when versions are known.</summary>
internal sealed class UpdateJournal(IOptions<LifecycleOptions> options, TimeProvider clock) : IUpdateHistory, IAdvisoryTolerance
{
    /// <summary>Longer than any cooldown that makes sense.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(180);

    private readonly StoredDocument<UpdateRecords> _document = At(System.IO.Path.Combine(System.IO.Path.GetFullPath(options.Value.StateDirectory), "security-updates.json"));

    /// <summary>The file.</summary>
    public string Path => _document.Path;

    /// <summary>The record of another host, which may keep something in the same plugin folder.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static UpdateRecords ReadAt(string path) => At(path).Read();

    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    /// <exception cref="IOException">The record cannot be read.</exception>
    public UpdateRecords Read() => _document.Read();

    /// <summary>An update begins, or is to be rolled back.</summary>
    public void Keep(string plugin, UpdateRecord record) => _document.Change(all => all.With(plugin, record));

    /// <summary>An update was given up.</summary>
    public void End(string plugin) => _document.Change(all => all.With(plugin, null));

    /// <summary>An update is confirmed: the plugin needs no version any more that was put back for want of it.</summary>
    public void Confirm(string plugin) => _document.Change(all => all.With(plugin, null) with
    {
        RolledBack = [.. all.RolledBack.Select(r => r.Plugin == plugin ? r with { Served = false } : r)],
    });

    /// <summary>An update was rolled back. What was rolled back for another version that is gone no longer matters.</summary>
    public void EndRolledBack(string plugin, UpdateRecord record) => _document.Change(all => all.With(plugin, null) with
    {
        RolledBack =
        [
            .. all.RolledBack.Where(r => r.Plugin != plugin || (r.PutBack == record.From.Hash && r.Version != record.To.Version)),
            new RolledBackUpdate(plugin, record.To.Version, record.From.Hash, record.Served, record.Trouble ?? string.Empty, clock.GetUtcNow()),
        ],
    });

    public DateTimeOffset FirstSeen(string package, string version)
    {
        var key = $"{package}/{version}";
        if (Read().FirstSeen.TryGetValue(key, out var seen)) return seen;
        var now = clock.GetUtcNow();
        _document.Change(all => all with
        {
            FirstSeen = all.FirstSeen.Where(f => f.Key != key && now - f.Value < Remembered).Append(KeyValuePair.Create(key, now)).OrderBy(static f => f.Key, StringComparer.Ordinal).ToDictionary(),
        });
        return now;
    }

    public bool WasRolledBack(string plugin, string version) => Read().RolledBack.Any(r => r.Plugin == plugin && r.Version == version);

    /// <summary>A version that was put back served until a moment ago, and the one that mends it does not work: refusing it would leave nothing that serves.</summary>
    public bool Tolerates(string plugin, string hash)
    {
        try
        {
            var all = Read();
            return all.RolledBack.Any(r => r.Plugin == plugin && r.PutBack == hash && r.Served)
                || (all.Pending.TryGetValue(plugin, out var record) && record.From.Hash == hash && record is { Trouble: not null, Served: true });
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // Nothing is known of it: then the host's policy holds.
            return false;
        }
    }

    private static StoredDocument<UpdateRecords> At(string path) => new(
        path, UpdateJsonContext.Default.UpdateRecords,
        static r => r is { Version: 1, Pending: not null, RolledBack: not null, FirstSeen: not null } && r.Pending.Values.All(static p => p is { From: not null, To: not null, Kept: not null }),
        (UpdateCodes.RecordDamaged, "Mend it, or delete it: which versions were rolled back is forgotten then."),
        new DocumentFormat("version", 1, UpdateCodes.RecordNewer));
}
