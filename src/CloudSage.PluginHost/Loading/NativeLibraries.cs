using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Loading;

/// <summary>
/// Lets a version use the native libraries that another version of the plugin, gone from memory, has left mapped (docs/adr/0017). The runtime never
/// closes a library, and maps a file once: given the same file, it maps nothing new. No two versions in memory share a library by this.
/// </summary>
internal sealed class NativeLibraries
{
    /// <summary>An upgrade needs two: the old version's, and that of the version before it.</summary>
    private const int MostUnused = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<NativeSet>> _unused = new(StringComparer.Ordinal);

    /// <summary>By the version's folder, those that came first at the front.</summary>
    private readonly Dictionary<string, List<NativeSet>> _inUse = new(StringComparer.Ordinal);

    /// <summary>To be called before anything of the version is loaded.</summary>
    public void Enter(PluginDescriptor plugin)
    {
        if (!OperatingSystem.IsLinux()) return;
        var set = Take(plugin) ?? new NativeSet(Path.Combine(ContentStore.NativesOf(plugin.Directory), Path.GetRandomFileName()));
        lock (_gate)
        {
            if (!_inUse.TryGetValue(plugin.Directory, out var users)) _inUse[plugin.Directory] = users = [];
            users.Add(set);
        }
    }

    /// <summary>To be called when the version leaves, while its folder is still there.</summary>
    /// <param name="plugin">The version.</param>
    /// <param name="mapped">Those of its files that are mapped, relative to its folder.</param>
    /// <returns>What is to be given back when the version is gone from memory; null where it has none.</returns>
    public NativeSet? Leave(PluginDescriptor plugin, IEnumerable<string> mapped)
    {
        lock (_gate)
        {
            if (!_inUse.TryGetValue(plugin.Directory, out var users)) return null;
            var set = users[0];
            users.RemoveAt(0);
            // The same content serves again already, from the same files: only when that leaves too can they be another version's.
            if (users.Count > 0) return null;
            _inUse.Remove(plugin.Directory);
            try
            {
                set.Keep(plugin.Directory, mapped);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A file system without second names, or a file that is gone: the next version maps its own.
                set.Delete();
                return null;
            }

            return set.IsEmpty ? null : set;
        }
    }

    /// <summary>To be called when a version is gone from memory: its set can be used again.</summary>
    public void GiveBack(string plugin, NativeSet set)
    {
        lock (_gate)
        {
            if (!_unused.TryGetValue(plugin, out var unused)) _unused[plugin] = unused = [];
            unused.Add(set);
            if (unused.Count <= MostUnused) return;
            unused[0].Delete();
            unused.RemoveAt(0);
        }
    }

    /// <summary>Files are read and compared outside of the lock: they may be large.</summary>
    private NativeSet? Take(PluginDescriptor plugin)
    {
        foreach (var set in TakeUnused(plugin.Name))
        {
            try
            {
                if (set.Fits(plugin.Directory))
                {
                    set.PutInto(plugin.Directory);
                    return set;
                }

                GiveBack(plugin.Name, set);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The version's own files serve as well. A set that was put into it in part is used by it alone, and by none after it.
                set.Delete();
            }
        }

        return null;
    }

    /// <summary>One after another: what comes out belongs to the caller.</summary>
    private IEnumerable<NativeSet> TakeUnused(string plugin)
    {
        for (var left = MostUnused; left > 0; left--)
        {
            NativeSet set;
            lock (_gate)
            {
                if (!_unused.TryGetValue(plugin, out var unused) || unused.Count == 0) yield break;
                set = unused[0];
                unused.RemoveAt(0);
            }

            yield return set;
        }
    }
}
