using System.Collections.Frozen;

namespace CloudSage.PluginHost.Brokering;

/// <summary>Who serves what: an immutable snapshot. The broker reads it without a lock; its one writer swaps it whole.</summary>
internal sealed class ExtensionTable
{
    private readonly FrozenDictionary<(Type Type, string Plugin), ExtensionTarget> _byPlugin;
    private readonly FrozenDictionary<Type, ExtensionTarget[]> _byType;

    public ExtensionTable(IReadOnlyCollection<ExtensionTarget> targets)
    {
        Targets = [.. targets];
        var rows = targets.SelectMany(static t => t.Registrations.Select(r => (Registration: r, Target: t))).ToArray();
        _byPlugin = rows.ToFrozenDictionary(static r => (r.Registration.Type, r.Target.Plugin), static r => r.Target);
        _byType = rows.GroupBy(static r => r.Registration.Type).ToFrozenDictionary(static g => g.Key, static g => g
            .OrderByDescending(static r => r.Registration.Priority)
            .ThenBy(static r => r.Target.Plugin, StringComparer.Ordinal)
            .Select(static r => r.Target).ToArray());
    }

    public static ExtensionTable Empty { get; } = new([]);

    public IReadOnlyCollection<ExtensionTarget> Targets { get; }

    public ExtensionTarget? Find(Type extension, string plugin) => _byPlugin.GetValueOrDefault((extension, plugin));

    public IReadOnlyList<ExtensionTarget> FindAll(Type extension) => _byType.GetValueOrDefault(extension) ?? [];
}

/// <summary>Holds the current table. Written by the coordinator alone.</summary>
internal sealed class ExtensionDirectory
{
    private ExtensionTable _current = ExtensionTable.Empty;

    public ExtensionTable Current => Volatile.Read(ref _current);

    public void Swap(ExtensionTable next) => Volatile.Write(ref _current, next);
}
