using Cronos;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Schedules are cron expressions of five fields, or six with seconds first, that come due some day.</summary>
internal sealed class ScheduleRule : IManifestRule
{
    private const int Longest = 256;

    // Any fixed day serves: an expression that never comes due after it never comes due.
    private static readonly DateTime SomeDay = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        foreach (var (_, schedule) in document.Root.ItemsWith("triggers", "schedule"))
        {
            if (Parse(schedule.Text) is not { } cron)
                yield return Finding.Error(
                    ManifestCodes.Schedule, $"The schedule {ShownText.Quote(schedule.Text)} is not a cron expression.",
                    "Write five fields (minute, hour, day, month, weekday) such as '0 6 * * 1', or six with seconds first.", schedule.At);
            else if (cron.GetNextOccurrence(SomeDay) is null)
                yield return Finding.Error(
                    ManifestCodes.Schedule,
                    $"The schedule {ShownText.Quote(schedule.Text)} never comes due.",
                    "Correct the day and month: this date does not exist.",
                    schedule.At);
        }
    }

    private static CronExpression? Parse(string text)
    {
        if (text.Length > Longest) return null;
        var format = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard;
        return CronExpression.TryParse(text, format, out var cron) ? cron : null;
    }
}
