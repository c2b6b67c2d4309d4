using System.Text.Json;

namespace CloudSage.PluginHost.Advisories.Records;

/// <summary>Makes an advisory of an OSV record.</summary>
internal static class AdvisoryReader
{
    /// <summary>Reads a record.</summary>
    /// <returns>The advisory; null where it was withdrawn or concerns no ecosystem that is known here.</returns>
    /// <exception cref="JsonException">It is no OSV record.</exception>
    public static (Advisory? Advisory, DateTimeOffset? Modified) Read(ReadOnlySpan<byte> json)
    {
        var record = JsonSerializer.Deserialize(json, OsvJson.Default.OsvRecord);
        if (record?.Id is not { Length: > 0 } id) throw new JsonException("it has no 'id'");
        if (record.Withdrawn is not null) return (null, record.Modified);
        List<AffectedPackage> affected = [.. (record.Affected ?? []).Select(static a => Affected(a)).OfType<AffectedPackage>()];
        return (affected.Count == 0 ? null : new Advisory(id, record.Aliases ?? [], record.Summary ?? string.Empty, SeverityReader.Read(record), affected), record.Modified);
    }

    private static AffectedPackage? Affected(OsvAffected affected)
    {
        if (PackageKey.EcosystemOf(affected.Package?.Ecosystem) is not { } ecosystem || affected.Package?.Name is not { Length: > 0 } name) return null;
        // Ranges of commits say nothing about the versions of packages.
        var bound = LastKnownAffected.Read(affected.DatabaseSpecific);
        var ranges = (affected.Ranges ?? []).Where(static r => r.Type is "SEMVER" or "ECOSYSTEM").Select(range => LastKnownAffected.Close(Events(range), bound));
        return new AffectedPackage(PackageKey.Of(ecosystem, name), affected.Versions ?? [], [.. ranges]);
    }

    private static List<RangeEvent> Events(OsvRange range)
        => [.. (range.Events ?? []).Select(static e => Event(e)).OfType<RangeEvent>()];

    private static RangeEvent? Event(OsvEvent e) => e switch
    {
        { Introduced: { } version } => new(RangeEventKind.Introduced, version),
        { Fixed: { } version } => new(RangeEventKind.Fixed, version),
        { LastAffected: { } version } => new(RangeEventKind.LastAffected, version),
        _ => null,
    };
}
