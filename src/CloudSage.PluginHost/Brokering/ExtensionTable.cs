using System.Collections.Frozen;

namespace CloudSage.PluginHost.Brokering;

/// <summary>Who serves what: an immutable snapshot. The broker reads it without a lock; its one writer swaps it whole.</summary>
internal sealed class ExtensionTable
{
    private readonly FrozenDictionary<Type, Row> _rows;

    public ExtensionTable(IReadOnlyCollection<ExtensionTarget> targets)
    {
        Targets = [.. targets];
        _rows = targets.SelectMany(static t => t.Registrations.Select(r => (Registration: r, Target: t)))
            .GroupBy(static r => r.Registration.Type)
            .ToFrozenDictionary(static g => g.Key, static g => Row.Of(g));
    }

    public static ExtensionTable Empty { get; } = new([]);

    public IReadOnlyCollection<ExtensionTarget> Targets { get; }

    public ExtensionTarget? Find(Type extension, string plugin)
        => _rows.TryGetValue(extension, out var row) && row.ByPlugin.TryGetValue(plugin, out var target) ? target : null;

    /// <summary>Who serves the extension point, the highest priority first. Not to be written to.</summary>
    public ExtensionTarget[] FindAll(Type extension) => _rows.TryGetValue(extension, out var row) ? row.InOrder : [];

    /// <summary>Who serves one extension point.</summary>
    private sealed record Row(ExtensionTarget[] InOrder, FrozenDictionary<string, ExtensionTarget> ByPlugin)
    {
        public static Row Of(IEnumerable<(ExtensionRegistration Registration, ExtensionTarget Target)> serving)
        {
            ExtensionTarget[] inOrder =
            [
                .. serving.OrderByDescending(static r => r.Registration.Priority).ThenBy(static r => r.Target.Plugin, StringComparer.Ordinal).Select(static r => r.Target),
            ];
            return new Row(inOrder, inOrder.ToFrozenDictionary(static t => t.Plugin, StringComparer.Ordinal));
        }
    }
}

/// <summary>Holds the current table. Written by the coordinator alone.</summary>
internal sealed class ExtensionDirectory
{
    private ExtensionTable _current = ExtensionTable.Empty;

    public ExtensionTable Current => Volatile.Read(ref _current);

    public void Swap(ExtensionTable next) => Volatile.Write(ref _current, next);
}
