using System.Text.Json;

namespace CloudSage.PluginHost.Advisories.Records;

/// <summary>
/// GitHub's <c>last_known_affected_version_range</c>: where no version is named as fixed, the range ends there all the same. Without it a package would be
/// affected by the range of an older major version for ever.
/// </summary>
internal static class LastKnownAffected
{
    private const string Member = "last_known_affected_version_range";

    /// <summary>The end that a record's database gives: <c>&lt; 2.1.3</c> or <c>&lt;= 9.0.5</c>; null where it gives none.</summary>
    public static RangeEvent? Read(JsonElement? database)
    {
        if (database is not { ValueKind: JsonValueKind.Object } own || !own.TryGetProperty(Member, out var range) || range.ValueKind != JsonValueKind.String) return null;
        return range.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["<", var version] => new RangeEvent(RangeEventKind.Fixed, version),
            ["<=", var version] => new RangeEvent(RangeEventKind.LastAffected, version),
            _ => null,
        };
    }

    /// <summary>The events of a range, with that end where they have none.</summary>
    public static IReadOnlyList<RangeEvent> Close(List<RangeEvent> events, RangeEvent? end)
        => end is null || events.Any(static e => e.Kind != RangeEventKind.Introduced) ? events : [.. events, end];
}
