using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CloudSage.Plugins.Serialization;

/// <summary>The one JSON form of the contract records: camelCase names, enums and exact decimals as text. Source-generated throughout.</summary>
public static class PluginJson
{
    /// <summary>Resolves the contract records, for a serializer context that embeds them. It knows no type of a plugin's own.</summary>
    public static IJsonTypeInfoResolver TypeInfoResolver => PluginJsonContext.Default;

    /// <summary>Writes a contract record as JSON text.</summary>
    /// <typeparam name="T">A record of this assembly that crosses the broker.</typeparam>
    /// <param name="value">The record.</param>
    /// <returns>The text, on one line.</returns>
    /// <exception cref="NotSupportedException">The type is not a contract record.</exception>
    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>());

    /// <summary>Reads a contract record from JSON text.</summary>
    /// <typeparam name="T">A record of this assembly that crosses the broker.</typeparam>
    /// <param name="json">The text.</param>
    /// <returns>The record; null for the text <c>null</c>.</returns>
    /// <exception cref="JsonException">The text is not such a record.</exception>
    /// <exception cref="NotSupportedException">The type is not a contract record.</exception>
    public static T? Deserialize<T>(string json) => JsonSerializer.Deserialize(json, TypeInfo<T>());

    private static JsonTypeInfo<T> TypeInfo<T>() => PluginJsonContext.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new NotSupportedException($"{typeof(T)} is not a contract record.");
}
