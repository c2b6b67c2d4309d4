using System.Text.Json.Nodes;

namespace CloudSage.PluginHost.Manifests.Publishing;

/// <summary>Pieces that JSON Schemas are put together from.</summary>
internal static class JsonSchemas
{
    public static JsonObject AnyOf(params IReadOnlyList<JsonNode> choices) => new() { ["anyOf"] = new JsonArray([.. choices.Select(static c => c.Parent is null ? c : c.DeepClone())]) };

    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(static t => (JsonNode)t)]);

    /// <summary>The same, or nothing at all.</summary>
    public static JsonNode OrNull(JsonNode schema) => AnyOf(schema, new JsonObject { ["type"] = "null" });

    public static JsonObject Reference(string pointer) => new() { ["$ref"] = pointer };

    public static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };
}
