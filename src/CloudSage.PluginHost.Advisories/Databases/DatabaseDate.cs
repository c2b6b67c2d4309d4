namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>
/// What a database tells of its age: the day that its index gives, otherwise that of its newest record. A day that is still to come is a mistake or a lie, and
/// says nothing: one such record must not make an old database look fresh.
/// </summary>
internal sealed class DatabaseDate
{
    /// <summary>Clocks differ, and so do time zones of those who forget them.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    /// <summary>The newest moment of each day: few, however many records there are.</summary>
    private readonly SortedList<DateOnly, DateTimeOffset> _records = [];

    /// <summary>What the index gives; null without one.</summary>
    public DateTimeOffset? Index { get; set; }

    /// <summary>Takes a record into account.</summary>
    /// <param name="modified">When it was changed; null where it does not say.</param>
    public void Add(DateTimeOffset? modified)
    {
        if (modified is not { } moment) return;
        var day = DateOnly.FromDateTime(moment.UtcDateTime);
        if (!_records.TryGetValue(day, out var newest) || moment > newest) _records[day] = moment;
    }

    /// <summary>The day that the database is of, as far as that can be believed now; null where nothing tells it.</summary>
    public DateTimeOffset? At(DateTimeOffset now)
    {
        var latest = now + Tolerance;
        if (Index <= latest) return Index;
        for (var i = _records.Count - 1; i >= 0; i--)
        {
            if (_records.GetValueAtIndex(i) <= latest) return _records.GetValueAtIndex(i);
        }

        return null;
    }
}
