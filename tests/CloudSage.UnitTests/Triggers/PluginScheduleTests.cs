using System.Globalization;
using CloudSage.PluginHost.Triggers;

namespace CloudSage.UnitTests.Triggers;

public sealed class PluginScheduleTests
{
    // Europe/Berlin: forward on 2026-03-29 (02:00 becomes 03:00), back on 2026-10-25 (03:00 becomes 02:00).
    [TestCase("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00Z", new[] { "2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z" },
        TestName = "Spring: a time that does not exist runs at the first moment after the gap")]
    [TestCase("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z", new[] { "2026-10-25T00:30Z", "2026-10-26T01:30Z" },
        TestName = "Autumn: a fixed time that comes twice runs once, at its first passing")]
    [TestCase("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:00Z", new[] { "2026-10-25T00:30Z", "2026-10-25T01:00Z", "2026-10-25T01:30Z", "2026-10-25T02:00Z" },
        TestName = "Autumn: an interval runs in both passings of the hour")]
    [TestCase("0 9 * * *", "Europe/Berlin", "2026-03-28T00:00Z", new[] { "2026-03-28T08:00Z", "2026-03-29T07:00Z" },
        TestName = "Nine o'clock stays nine o'clock across the change")]
    [TestCase("0 9 * * *", "America/New_York", "2026-07-01T00:00Z", new[] { "2026-07-01T13:00Z" }, TestName = "Another zone")]
    [TestCase("0 9 * * *", null, "2026-07-01T00:00Z", new[] { "2026-07-01T09:00Z" }, TestName = "UTC where no zone is named")]
    [TestCase("15 0 9 * * *", null, "2026-07-01T00:00Z", new[] { "2026-07-01T09:00:15Z" }, TestName = "Six fields: seconds first")]
    [TestCase("0 6 * * MON-FRI", null, "2026-07-03T12:00Z", new[] { "2026-07-06T06:00Z" }, TestName = "Weekdays by name")]
    public void NextAfter_gives_the_times_in_the_zone(string cron, string? zone, string from, string[] expected)
    {
        PluginSchedule.TryCreate(PluginSchedule.KeyOf("p", TriggerRig.Schedule(cron, zone)), out var schedule, out _).Should().BeTrue();

        var moment = Utc(from);
        foreach (var time in expected)
        {
            moment = schedule!.NextAfter(moment)!.Value;
            moment.Should().Be(Utc(time));
            moment.Offset.Should().Be(TimeSpan.Zero);
        }
    }

    [TestCase("every day", null, TriggerCodes.ScheduleInvalid)]
    [TestCase("61 * * * *", null, TriggerCodes.ScheduleInvalid)]
    [TestCase("", null, TriggerCodes.ScheduleInvalid)]
    [TestCase("0 0 * * *", "Mars/Olympus", TriggerCodes.TimeZoneUnknown)]
    public void TryCreate_Unusable_SaysWhy(string cron, string? zone, string code)
    {
        PluginSchedule.TryCreate(PluginSchedule.KeyOf("p", TriggerRig.Schedule(cron, zone)), out _, out var finding).Should().BeFalse();

        finding!.Code.Should().Be(code);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
