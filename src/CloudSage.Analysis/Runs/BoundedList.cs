namespace CloudSage.Analysis.Runs;

/// <summary>Collects what plugins send, up to a number, and counts the rest. Thread-safe.</summary>
internal sealed class BoundedList<T>(int capacity)
{
    private readonly Lock _gate = new();
    private readonly List<T> _items = [];
    private int _taken;
    private long _dropped;

    public long Dropped
    {
        get { lock (_gate) return _dropped; }
    }

    /// <summary>Adds an item; false where the list is full.</summary>
    public bool TryAdd(T item)
    {
        lock (_gate)
        {
            if (_items.Count >= capacity)
            {
                _dropped++;
                return false;
            }

            _items.Add(item);
            return true;
        }
    }

    public IReadOnlyList<T> Snapshot()
    {
        lock (_gate) return [.. _items];
    }

    /// <summary>What was added since the last call. The items stay in the list.</summary>
    public IReadOnlyList<T> TakeNew()
    {
        lock (_gate)
        {
            var items = _items.GetRange(_taken, _items.Count - _taken);
            _taken = _items.Count;
            return items;
        }
    }
}
