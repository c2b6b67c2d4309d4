using System.Text.Json;

namespace CloudSage.PluginHost.Advisories.Records;

/// <summary>How bad a record says it is: by its database's own word, otherwise by its CVSS vector.</summary>
internal static class SeverityReader
{
    public static AdvisorySeverity Read(OsvRecord record)
    {
        var word = Word(record.DatabaseSpecific);
        if (word != AdvisorySeverity.Unknown) return word;
        return AdvisoryReader.Each(record.Severity, "severity").Concat(AdvisoryReader.Each(record.Affected, "affected").SelectMany(static a => AdvisoryReader.Each(a.Severity, "severity")))
            .Where(static s => s is { Type: "CVSS_V3", Score: not null })
            .Select(static s => CvssScore.BaseScore(s.Score!))
            .Select(static score => score is { } known ? Rated(known) : AdvisorySeverity.Unknown)
            .DefaultIfEmpty(AdvisorySeverity.Unknown).Max();
    }

    private static AdvisorySeverity Word(JsonElement? database)
        => database is { ValueKind: JsonValueKind.Object } own && own.TryGetProperty("severity", out var severity) && severity.ValueKind == JsonValueKind.String
            ? severity.GetString()!.ToUpperInvariant() switch
            {
                "LOW" => AdvisorySeverity.Low,
                "MODERATE" or "MEDIUM" => AdvisorySeverity.Moderate,
                "HIGH" => AdvisorySeverity.High,
                "CRITICAL" => AdvisorySeverity.Critical,
                _ => AdvisorySeverity.Unknown,
            }
            : AdvisorySeverity.Unknown;

    /// <summary>The qualitative scale of the CVSS 3.1 specification, section 5.</summary>
    private static AdvisorySeverity Rated(double score) => score switch
    {
        < 4.0 => AdvisorySeverity.Low,
        < 7.0 => AdvisorySeverity.Moderate,
        < 9.0 => AdvisorySeverity.High,
        _ => AdvisorySeverity.Critical,
    };
}
