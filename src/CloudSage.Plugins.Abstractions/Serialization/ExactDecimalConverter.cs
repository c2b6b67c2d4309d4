using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudSage.Plugins.Serialization;

/// <summary>Writes decimals as text without trailing zeros (<c>"12.5"</c>), so that no reader rounds them; reads text and numbers.</summary>
public sealed class ExactDecimalConverter : JsonConverter<decimal>
{
    /// <inheritdoc />
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number) return reader.GetDecimal();
        if (reader.TokenType == JsonTokenType.String
            && decimal.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return value;
        throw new JsonException("Expected an exact decimal, as text (\"12.5\") or as a number.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Format(value));
    }

    /// <summary>The shortest exact text: invariant culture, no exponent, no trailing zeros.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Its text.</returns>
    public static string Format(decimal value)
    {
        // Dividing by 1 with 28 decimal places normalises the scale, which is what drops trailing zeros.
        var text = (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
