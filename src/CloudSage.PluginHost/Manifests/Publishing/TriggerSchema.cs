using System.Text.Json.Nodes;

namespace CloudSage.PluginHost.Manifests.Publishing;

/// <summary>A trigger has exactly one kind.</summary>
internal static class TriggerSchema
{
    private static readonly string[] Texts = ["schedule", "event", "alert"];
    private static readonly string[] Flags = ["api", "manual"];

    public static JsonObject OneKind(JsonObject trigger)
    {
        trigger["oneOf"] = new JsonArray([.. Texts.Select(static kind => Set(kind, null, "", false)), .. Flags.Select(static kind => Set(kind, null, false, "false"))]);
        return trigger;
    }

    /// <summary>There, and neither empty nor switched off, in whichever spelling.</summary>
    private static JsonObject Set(string kind, params JsonNode?[] off)
        => JsonSchemas.AnyOf([.. KeySpelling.All(kind).Select(spelling => new JsonObject
        {
            ["required"] = new JsonArray(spelling),
            ["properties"] = new JsonObject { [spelling] = new JsonObject { ["not"] = new JsonObject { ["enum"] = new JsonArray([.. off.Select(static o => o?.DeepClone())]) } } },
        })]);
}
