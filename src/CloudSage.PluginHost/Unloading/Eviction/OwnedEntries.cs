using System.Collections;
using System.Runtime.CompilerServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Removes what is a plugin's from tables. The caller holds the lock that the table's own writers take, where they take one.</summary>
internal static class OwnedEntries
{
    /// <summary>Whether a table's key is, or names, something of the plugin's: a type, a member, a tuple with one of them, a weak reference to one.</summary>
    public static bool OwnsKey(this PluginOwnership plugin, object? key)
    {
        switch (key)
        {
            case WeakReference weak: return plugin.Owns(weak.Target);
            case ITuple tuple:
                for (var i = 0; i < tuple.Length; i++)
                {
                    if (plugin.Owns(tuple[i])) return true;
                }
                return false;
            default: return plugin.Owns(key);
        }
    }

    /// <summary>Removes the entries whose key is the plugin's.</summary>
    /// <param name="plugin">Tells what is the plugin's.</param>
    /// <param name="table">A dictionary or hash table; null where there is none.</param>
    /// <returns>How many were removed.</returns>
    public static int RemoveFrom(this PluginOwnership plugin, object? table)
        => Remove(table as IDictionary, plugin, static (p, key, _) => p.OwnsKey(key));

    /// <summary>Removes the entries that a test chooses.</summary>
    public static int Remove<TState>(IDictionary? table, TState state, Func<TState, object, object?, bool> chosen)
    {
        if (table is null) return 0;
        List<object>? found = null;
        for (var entries = table.GetEnumerator(); entries.MoveNext();)
        {
            if (chosen(state, entries.Key, entries.Value)) (found ??= []).Add(entries.Key);
        }
        found?.ForEach(table.Remove);
        return found?.Count ?? 0;
    }
}
