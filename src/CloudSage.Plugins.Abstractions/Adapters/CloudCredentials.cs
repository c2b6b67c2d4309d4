using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace CloudSage.Plugins.Adapters;

/// <summary>Credentials for a provider. Its text form names the keys alone, never a value.</summary>
/// <param name="ProviderName">FOCUS ProviderName.</param>
/// <param name="Kind">The kind, such as <c>access-key</c> or <c>service-principal</c>.</param>
public sealed record CloudCredentials(string ProviderName, string Kind)
{
    /// <summary>The secret values, by name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The provider, the kind and the names of the values.</summary>
    /// <returns>Text without secrets.</returns>
    public override string ToString() => $"{ProviderName} {Kind} ({string.Join(", ", Values.Keys.Order(StringComparer.Ordinal))})";
}

/// <summary>Whether credentials work.</summary>
/// <param name="Status">The answer.</param>
/// <param name="Message">Why not, or a remark; without secrets.</param>
public sealed record CredentialCheck(CredentialStatus Status, string? Message = null)
{
    /// <summary>The adapter needs no credentials.</summary>
    public static CredentialCheck NotNeeded { get; } = new(CredentialStatus.NotNeeded);
}

/// <summary>Whether credentials work.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CredentialStatus>))]
public enum CredentialStatus
{
    /// <summary>The adapter needs none.</summary>
    NotNeeded,

    /// <summary>They work.</summary>
    Valid,

    /// <summary>They are refused.</summary>
    Invalid,

    /// <summary>They work but lack a right.</summary>
    Insufficient,

    /// <summary>The provider could not be asked.</summary>
    Unreachable,
}
