using System.Diagnostics.CodeAnalysis;
using CloudSage.PluginHost.Manifests;
using CloudSage.Plugins.Commands;
using Cronos;

namespace CloudSage.PluginHost.Triggers;

/// <summary>What tells one schedule from another. The version of the plugin is no part of it, so a schedule survives an upgrade.</summary>
internal readonly record struct ScheduleKey(string Plugin, string Expression, string TimeZone, string Command);

/// <summary>
/// A cron expression in a time zone. Where clocks are put forward, a time that does not exist runs at the first moment after the gap.
/// Where they are put back, a fixed time runs once, at its first passing, and an interval (<c>*</c>, <c>/</c>, <c>-</c>) in both passings.
/// </summary>
internal sealed class PluginSchedule
{
    private const int FieldsWithSeconds = 6;
    private readonly CronExpression _cron;
    private readonly TimeZoneInfo _zone;

    private PluginSchedule(ScheduleKey key, CronExpression cron, TimeZoneInfo zone)
    {
        Key = key;
        _cron = cron;
        _zone = zone;
    }

    public ScheduleKey Key { get; }

    public static ScheduleKey KeyOf(string plugin, ManifestTrigger trigger)
        => new(plugin, trigger.Schedule!, trigger.TimeZone ?? "UTC", trigger.Command ?? CommandRequest.DefaultCommand);

    public static bool TryCreate(ScheduleKey key, [NotNullWhen(true)] out PluginSchedule? schedule, [NotNullWhen(false)] out Finding? finding)
    {
        schedule = null;
        if (!TryParse(key.Expression, out var cron))
        {
            finding = Finding.Warning(
                TriggerCodes.ScheduleInvalid,
                $"The schedule '{key.Expression}' cannot be read as a cron expression.",
                "Write five fields (minute, hour, day, month, weekday), or six with seconds first, such as '0 6 * * MON-FRI'.");
            return false;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(key.TimeZone, out var zone))
        {
            finding = Finding.Warning(
                TriggerCodes.TimeZoneUnknown,
                $"The time zone '{key.TimeZone}' of the schedule '{key.Expression}' is unknown on this machine.",
                "Write an IANA name such as 'Europe/Berlin', and make sure that the machine has time zone data.");
            return false;
        }

        finding = null;
        schedule = new PluginSchedule(key, cron, zone);
        return true;
    }

    /// <summary>The first time after a moment; null where none ever comes.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) => _cron.GetNextOccurrence(moment, _zone)?.ToUniversalTime();

    /// <summary>The last time between two moments, both included; null where there is none.</summary>
    public DateTimeOffset? LastBetween(DateTimeOffset from, DateTimeOffset to)
    {
        DateTimeOffset? last = null;
        foreach (var time in _cron.GetOccurrences(from, to, _zone, fromInclusive: true, toInclusive: true)) last = time.ToUniversalTime();
        return last;
    }

    private static bool TryParse(string expression, [NotNullWhen(true)] out CronExpression? cron)
    {
        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return CronExpression.TryParse(expression, fields == FieldsWithSeconds ? CronFormat.IncludeSeconds : CronFormat.Standard, out cron);
    }
}
