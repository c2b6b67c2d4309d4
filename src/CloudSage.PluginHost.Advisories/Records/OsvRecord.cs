using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudSage.PluginHost.Advisories.Records;

/// <summary>A record as the <see href="https://ossf.github.io/osv-schema/">OSV schema</see> has it; only the members that matter here. A list may hold null, whatever the schema says.</summary>
internal sealed record OsvRecord
{
    public string? Id { get; init; }

    public string? Summary { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public DateTimeOffset? Withdrawn { get; init; }

    public IReadOnlyList<string?>? Aliases { get; init; }

    public IReadOnlyList<OsvSeverity?>? Severity { get; init; }

    public IReadOnlyList<OsvAffected?>? Affected { get; init; }

    [JsonPropertyName("database_specific")]
    public JsonElement? DatabaseSpecific { get; init; }
}

internal sealed record OsvSeverity(string? Type, string? Score);

internal sealed record OsvAffected(
    OsvPackage? Package, IReadOnlyList<OsvRange?>? Ranges, IReadOnlyList<string?>? Versions, IReadOnlyList<OsvSeverity?>? Severity,
    [property: JsonPropertyName("database_specific")] JsonElement? DatabaseSpecific);

internal sealed record OsvPackage(string? Ecosystem, string? Name);

internal sealed record OsvRange(string? Type, IReadOnlyList<OsvEvent?>? Events);

internal sealed record OsvEvent(string? Introduced, string? Fixed, [property: JsonPropertyName("last_affected")] string? LastAffected, string? Limit);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(OsvRecord))]
internal sealed partial class OsvJson : JsonSerializerContext;
