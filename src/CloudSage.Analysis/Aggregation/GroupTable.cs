using CloudSage.Plugins.Analysis;

namespace CloudSage.Analysis.Aggregation;

/// <summary>The sums of one grouping. Keeps a bounded number of keys; what comes beyond is summed under <see cref="OtherKey"/>.</summary>
internal sealed class GroupTable(int capacity)
{
    public const string NullKey = "(null)";
    public const string OtherKey = "(other)";

    private readonly Dictionary<string, CostSlot> _slots = new(StringComparer.Ordinal);

    /// <summary>Whether a key found no place of its own.</summary>
    public bool IsFull { get; private set; }

    public CostSlot Slot(string? key)
    {
        key = string.IsNullOrEmpty(key) ? NullKey : key;
        if (_slots.TryGetValue(key, out var slot)) return slot;
        if (_slots.Count >= capacity)
        {
            IsFull = true;
            if (_slots.TryGetValue(OtherKey, out slot)) return slot;
            key = OtherKey;
        }

        return _slots[key] = new CostSlot();
    }

    /// <summary>The groups by effective cost, the greatest first, then by key.</summary>
    public IReadOnlyList<CostGroup> ToGroups() => [.. _slots
        .Where(static pair => pair.Value.Sum.Rows > 0)
        .Select(static pair => ToGroup(pair.Key, pair.Value.Sum))
        .OrderByDescending(static group => group.EffectiveCost)
        .ThenBy(static group => group.Key, StringComparer.Ordinal)];

    private static CostGroup ToGroup(string key, CostSum sum) => new(key, sum.Rows, sum.Billed, sum.Effective, sum.List);
}
