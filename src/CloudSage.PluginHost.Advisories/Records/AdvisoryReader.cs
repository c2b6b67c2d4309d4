using System.Text.Json;

namespace CloudSage.PluginHost.Advisories.Records;

/// <summary>Makes an advisory of an OSV record.</summary>
internal static class AdvisoryReader
{
    /// <summary>Reads a record.</summary>
    /// <returns>The advisory; null where it was withdrawn or concerns no ecosystem that is known here.</returns>
    /// <exception cref="JsonException">It is no OSV record.</exception>
    /// <exception cref="InvalidOperationException">It holds text that is none, such as half a character.</exception>
    public static (Advisory? Advisory, DateTimeOffset? Modified) Read(ReadOnlySpan<byte> json)
    {
        var record = JsonSerializer.Deserialize(json, OsvJson.Default.OsvRecord);
        if (record?.Id is not { Length: > 0 } id) throw new JsonException("it has no 'id'");
        if (record.Withdrawn is not null) return (null, record.Modified);
        List<AffectedPackage> affected = [.. Each(record.Affected, "affected").Select(static a => Affected(a)).OfType<AffectedPackage>()];
        return (affected.Count == 0 ? null : new Advisory(id, [.. Each(record.Aliases, "aliases")], record.Summary ?? string.Empty, SeverityReader.Read(record), affected), record.Modified);
    }

    /// <summary>The elements of a list that may be absent. One without content is not passed over: what it would have said is not known.</summary>
    /// <exception cref="JsonException">An element is null.</exception>
    public static IEnumerable<T> Each<T>(IReadOnlyList<T?>? list, string name) where T : class
        => (list ?? []).Select(element => element ?? throw new JsonException($"an element of '{name}' is null"));

    private static AffectedPackage? Affected(OsvAffected affected)
    {
        if (PackageKey.EcosystemOf(affected.Package?.Ecosystem) is not { } ecosystem || affected.Package?.Name is not { Length: > 0 } name) return null;
        // Ranges of commits say nothing about the versions of packages.
        var bound = LastKnownAffected.Read(affected.DatabaseSpecific);
        var ranges = Each(affected.Ranges, "ranges").Where(static r => r.Type is "SEMVER" or "ECOSYSTEM").Select(range => LastKnownAffected.Close(Events(range), bound));
        return new AffectedPackage(PackageKey.Of(ecosystem, name), [.. Each(affected.Versions, "versions")], [.. ranges]);
    }

    private static List<RangeEvent> Events(OsvRange range)
        => [.. Each(range.Events, "events").Select(static e => Event(e)).OfType<RangeEvent>()];

    private static RangeEvent? Event(OsvEvent e) => e switch
    {
        { Introduced: { } version } => new(RangeEventKind.Introduced, version),
        { Fixed: { } version } => new(RangeEventKind.Fixed, version),
        { LastAffected: { } version } => new(RangeEventKind.LastAffected, version),
        _ => null,
    };
}
