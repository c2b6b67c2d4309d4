using System.Collections;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes a plugin's symbols out of the dynamic binder's store, which finds them by name and parent. Symbols of one name are chained, and
/// so are the children of one parent: a plugin's class may stand between two of the host's in both.
/// </summary>
internal static class BinderSymbolStore
{
    /// <summary>Whether the binder has met the plugin at all: a type has a symbol before anything else is remembered of it.</summary>
    public static bool Knows(IDictionary store, BinderSymbols symbols)
    {
        for (var each = store.GetEnumerator(); each.MoveNext();)
        {
            for (var symbol = each.Value; symbol is not null; symbol = symbols.NextSameName!.GetValue(symbol))
            {
                if (symbols.IsOwnedType(symbol)) return true;
            }
        }

        return false;
    }

    public static int Evict(IDictionary store, BinderSymbols symbols)
    {
        var parents = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var (gone, shortened) = (new List<object>(), new List<(object Key, object Head)>());
        for (var each = store.GetEnumerator(); each.MoveNext();)
        {
            var head = each.Value!;
            var parent = symbols.Parent!.GetValue(head);
            if (symbols.OwnsSymbol(parent)) gone.Add(each.Key);
            else if (Unlink(head, symbols, out var first))
            {
                if (parent is not null) parents.Add(parent);
                if (first is null) gone.Add(each.Key);
                else if (!ReferenceEquals(first, head)) shortened.Add((each.Key, first));
            }
        }

        gone.ForEach(store.Remove);
        shortened.ForEach(s => store[s.Key] = s.Head);
        foreach (var parent in parents) UnlinkChildren(parent, symbols);
        return gone.Count + shortened.Count;
    }

    /// <summary>Takes the plugin's symbols out of a chain of one name.</summary>
    private static bool Unlink(object head, BinderSymbols symbols, out object? first)
    {
        var next = symbols.NextSameName!;
        object? last = first = null;
        var found = false;
        for (var symbol = head; symbol is not null; symbol = next.GetValue(symbol))
        {
            if (symbols.OwnsSymbol(symbol))
            {
                found = true;
                continue;
            }

            first ??= symbol;
            if (last is not null && found) next.SetValue(last, symbol);
            last = symbol;
        }

        if (last is not null && found) next.SetValue(last, null);
        return found;
    }

    private static void UnlinkChildren(object parent, BinderSymbols symbols)
    {
        object? first = null, last = null;
        for (var child = symbols.FirstChild!.GetValue(parent); child is not null; child = symbols.NextChild!.GetValue(child))
        {
            if (symbols.OwnsSymbol(child)) continue;
            if (last is null) first = child;
            else symbols.NextChild!.SetValue(last, child);
            last = child;
        }

        if (last is not null) symbols.NextChild!.SetValue(last, null);
        symbols.FirstChild.SetValue(parent, first);
        symbols.LastChild!.SetValue(parent, last);
    }
}
