using System.Text.Json.Serialization;

namespace CloudSage.PluginHost.Registration.Auditing;

/// <summary>One line of the audit log: who did what with which plugin. Format: docs/registration.md.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Action">What happened, such as <c>registered</c>, <c>granted</c>, <c>denied</c>, <c>upgraded</c>.</param>
/// <param name="Plugin">The plugin's name.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Action, string Plugin)
{
    /// <summary>Who did it: <c>host</c>, or <c>csg:</c> and the name of the operating system's user.</summary>
    public string Actor { get; init; } = "host";

    public string? Version { get; init; }

    public string? Hash { get; init; }

    public string? Permission { get; init; }

    /// <summary>How often, where the same happened several times in a row.</summary>
    public int? Count { get; init; }

    public string? Detail { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
