namespace CloudSage.PluginHost.Triggers;

/// <summary>Reads the schedules of active plugins: those that can be used, and for the others why not.</summary>
internal sealed record ScheduleReading(IReadOnlyList<PluginSchedule> Schedules, IReadOnlyList<(ScheduleKey Key, Finding Finding)> Findings)
{
    public static ScheduleReading Read(IReadOnlyCollection<PluginTriggers> active, DateTimeOffset now)
    {
        var schedules = new List<PluginSchedule>();
        var findings = new List<(ScheduleKey, Finding)>();
        var keys = active.SelectMany(static p => p.Triggers.Where(static t => t.Schedule is not null).Select(t => PluginSchedule.KeyOf(p.Plugin, t)));
        foreach (var key in keys.Distinct())
        {
            if (!PluginSchedule.TryCreate(key, out var schedule, out var finding)) findings.Add((key, finding));
            else if (schedule.NextAfter(now) is null) findings.Add((key, NeverDue(key)));
            else schedules.Add(schedule);
        }

        return new ScheduleReading(schedules, findings);
    }

    private static Finding NeverDue(ScheduleKey key) => Finding.Warning(
        TriggerCodes.ScheduleNeverDue, $"The schedule '{key.Expression}' names no time that ever comes.", "Correct its day and month.");
}
