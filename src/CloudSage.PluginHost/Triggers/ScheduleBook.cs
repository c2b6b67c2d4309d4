namespace CloudSage.PluginHost.Triggers;

/// <summary>
/// Which schedules there are and when each is next due: state without a clock or a thread of its own.
/// A schedule whose plugin is gone is remembered for the misfire grace, so that a plugin that comes right back misses nothing.
/// </summary>
internal sealed class ScheduleBook(TimeSpan grace)
{
    private readonly Dictionary<ScheduleKey, ScheduleEntry> _entries = [];

    /// <summary>The earliest time at which something is due; null where nothing ever is.</summary>
    public DateTimeOffset? NextDue => _entries.Values.Where(static e => e.GoneAt is null).Min(static e => e.NextDue);

    /// <summary>The schedules of active plugins with their next time, the earliest first.</summary>
    public IReadOnlyList<(ScheduleKey Schedule, DateTimeOffset DueAt)> Upcoming()
        => [.. _entries.Values.Where(static e => e is { GoneAt: null, NextDue: not null })
            .Select(static e => (e.Schedule.Key, e.NextDue!.Value)).OrderBy(static e => e.Value).ThenBy(static e => e.Key.Plugin, StringComparer.Ordinal)];

    /// <summary>Makes the set of schedules equal to what is given. A schedule that was there keeps its next time.</summary>
    public void Replace(IReadOnlyCollection<PluginSchedule> schedules, DateTimeOffset now)
    {
        var wanted = new HashSet<ScheduleKey>();
        foreach (var schedule in schedules)
        {
            wanted.Add(schedule.Key);
            if (_entries.TryGetValue(schedule.Key, out var known)) known.GoneAt = null;
            else _entries.Add(schedule.Key, new ScheduleEntry(schedule) { NextDue = schedule.NextAfter(now) });
        }

        foreach (var entry in _entries.Values.Where(e => !wanted.Contains(e.Schedule.Key)).ToArray())
        {
            entry.GoneAt ??= now;
            if (now - entry.GoneAt > grace) _entries.Remove(entry.Schedule.Key);
        }
    }

    /// <summary>
    /// Everything that is due, and moves it on to its next time. Of the times that passed, the last one within the grace is due;
    /// older ones are not caught up.
    /// </summary>
    public IReadOnlyList<DueSchedule> TakeDue(DateTimeOffset now)
    {
        var due = new List<DueSchedule>();
        foreach (var entry in _entries.Values)
        {
            if (entry.GoneAt is not null || entry.NextDue is not { } since || since > now) continue;
            var earliest = now - grace > since ? now - grace : since;
            var dueAt = entry.Schedule.LastBetween(earliest, now);
            due.Add(new DueSchedule(entry.Schedule.Key, dueAt, since));
            entry.NextDue = entry.Schedule.NextAfter(now);
        }

        return due;
    }

    private sealed class ScheduleEntry(PluginSchedule schedule)
    {
        public PluginSchedule Schedule { get; } = schedule;

        public DateTimeOffset? NextDue { get; set; }

        /// <summary>When its plugin stopped being active; null while it is.</summary>
        public DateTimeOffset? GoneAt { get; set; }
    }
}

/// <summary>A schedule whose time has come.</summary>
/// <param name="Schedule">Which.</param>
/// <param name="DueAt">The time that is to run; null where all that passed is too old.</param>
/// <param name="Since">The first time that had passed.</param>
internal sealed record DueSchedule(ScheduleKey Schedule, DateTimeOffset? DueAt, DateTimeOffset Since)
{
    /// <summary>Whether a time passed that is not caught up.</summary>
    public bool Missed => DueAt != Since;
}
