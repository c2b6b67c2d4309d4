using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests;

/// <summary>Writes a YAML tree as JSON, for schemas that are passed on.</summary>
internal static partial class YamlJson
{
    public static string Write(YamlNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, node);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case YamlList list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case YamlScalar scalar:
                WriteScalar(writer, scalar);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, YamlScalar scalar)
    {
        if (scalar.IsNull) writer.WriteNullValue();
        else if (scalar is { Plain: true, Text: "true" or "True" or "TRUE" }) writer.WriteBooleanValue(true);
        else if (scalar is { Plain: true, Text: "false" or "False" or "FALSE" }) writer.WriteBooleanValue(false);
        else if (scalar.Plain && JsonNumber().IsMatch(scalar.Text)) writer.WriteRawValue(scalar.Text);
        else writer.WriteStringValue(scalar.Text);
    }

    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\z")]
    private static partial Regex JsonNumber();
}
