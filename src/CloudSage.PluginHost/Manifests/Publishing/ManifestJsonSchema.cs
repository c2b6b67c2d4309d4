using System.Text.Json.Nodes;

namespace CloudSage.PluginHost.Manifests.Publishing;

/// <summary>
/// The format of the manifest as a JSON Schema (2020-12) for editors, made from <see cref="ManifestSchema"/>, by which manifests are read. It cannot say what
/// holds between keys (names that occur twice, cron, ranges of versions): what it accepts may still have findings, what it refuses always has.
/// </summary>
internal sealed class ManifestJsonSchema(KnownNames known)
{
    private readonly ValuePatterns _patterns = new(known);

    /// <summary>Every mapping, defined once by its path, and the kinds of values that are long to write.</summary>
    private readonly JsonObject _definitions = new() { ["duration"] = ScalarSchema.Duration() };

    public JsonObject Create()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "CloudSage plugin manifest (cloudsage/v1)",
        };
        foreach (var (name, value) in Map(ManifestSchema.Root, string.Empty)) schema[name] = value?.DeepClone();
        foreach (var (type, key) in ((string, string)[])[("cloud-adapter", "target"), ("notifier", "channels"), ("integration", "system")])
            schema["allOf"]!.AsArray().Add((JsonNode)RequiredFor(type, key));
        schema["$defs"] = _definitions;
        return schema;
    }

    private JsonNode Of(Shape shape, string path) => shape switch
    {
        ScalarShape scalar => _patterns.At(path) ?? ScalarSchema.Of(scalar),
        ListShape list => List(Of(list.Item, path + "[]")),
        MapShape map => MapOrShorthand(map, path),
        OpenMapShape map => OpenMap(map, path),
        SettingsShape settings => Settings(settings, path),
        _ => new JsonObject { ["type"] = "object" },
    };

    /// <summary>A single value stands for a list of one.</summary>
    private static JsonObject List(JsonNode item)
        => JsonSchemas.AnyOf(item, new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() });

    private JsonObject MapOrShorthand(MapShape map, string path)
    {
        var whole = Define(map, path);
        if (map.Flags.Count > 0) return JsonSchemas.AnyOf(whole, new JsonObject { ["enum"] = JsonSchemas.Array(map.Flags) });
        return map.Shorthand is { } key ? JsonSchemas.AnyOf(Of(map.Keys[key], Join(path, key)), whole) : whole;
    }

    /// <summary>The canonical keys are what editors propose; patterns accept their other spellings, and nothing else is a key.</summary>
    private JsonObject Map(MapShape map, string path)
    {
        var properties = new JsonObject();
        var spellings = new JsonObject();
        foreach (var (key, shape) in map.Keys.OrderBy(static k => k.Key, StringComparer.Ordinal))
        {
            var value = Of(shape, Join(path, key));
            // A key without a value counts as absent; where one is required that is a fault.
            if (!map.Required.Contains(key)) value = JsonSchemas.OrNull(value);
            if (KeyTexts.Of(Join(path, key)) is { } text) value = Described(value, text);
            properties[key] = value;
            if (KeySpelling.Pattern(key) is { } pattern) spellings[pattern] = JsonSchemas.Reference($"{Pointer(path)}/properties/{key}");
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (spellings.Count > 0) schema["patternProperties"] = spellings;
        if (map.Required.Count > 0) schema["allOf"] = new JsonArray([.. map.Required.Select(static key => (JsonNode)Required(key))]);
        return path == "triggers[]" ? TriggerSchema.OneKind(schema) : schema;
    }

    private JsonObject Define(MapShape map, string path)
    {
        _definitions[Name(path)] = Map(map, path);
        return JsonSchemas.Reference(Pointer(path));
    }

    private static string Pointer(string path) => path.Length == 0 ? "#" : $"#/$defs/{Name(path)}";

    private static string Name(string path)
        => path.Replace("[]", "_item", StringComparison.Ordinal).Replace("{}", "_value", StringComparison.Ordinal).Replace('.', '_');

    private JsonObject OpenMap(OpenMapShape map, string path)
    {
        var value = Of(map.Value, path + "{}");
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = map.Value is MapShape { Required.Count: > 0 } ? value : JsonSchemas.OrNull(value),
        };
        if (map.HyphenIsUnderscore) schema["propertyNames"] = new JsonObject { ["pattern"] = "^[A-Za-z][A-Za-z0-9_-]{0,63}$" };
        return schema;
    }

    /// <summary>A JSON Schema of type object where it looks like one, otherwise directly its properties.</summary>
    private JsonObject Settings(SettingsShape settings, string path)
    {
        var whole = Define(settings.Schema, path);
        _definitions[Name(path)]!["properties"]!["properties"] = JsonSchemas.OrNull(OpenMap(settings.Properties, path));
        return new JsonObject
        {
            ["type"] = "object",
            ["if"] = JsonSchemas.AnyOf(Has("properties", "object"), Has("type", "string")),
            ["then"] = whole,
            ["else"] = OpenMap(settings.Properties, path),
        };
    }

    private static JsonObject Has(string key, string type) => new()
    {
        ["required"] = new JsonArray(key),
        ["properties"] = new JsonObject { [key] = new JsonObject { ["type"] = type } },
    };

    private static JsonObject Required(string key)
    {
        var spellings = KeySpelling.All(key);
        return spellings.Count == 1
            ? new JsonObject { ["required"] = new JsonArray(key) }
            : JsonSchemas.AnyOf([.. spellings.Select(static spelling => new JsonObject { ["required"] = new JsonArray(spelling) })]);
    }

    private static JsonObject RequiredFor(string type, string key) => new()
    {
        ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = ScalarSchema.Choice([type], []) }, ["required"] = new JsonArray("type") },
        ["then"] = JsonSchemas.AnyOf([.. KeySpelling.All(key).Select(static spelling => new JsonObject
        {
            ["required"] = new JsonArray(spelling),
            ["properties"] = new JsonObject { [spelling] = new JsonObject { ["not"] = new JsonObject { ["enum"] = new JsonArray(null, "", new JsonArray()) } } },
        })]),
    };

    private static JsonObject Described(JsonNode value, string text)
    {
        var described = new JsonObject { ["description"] = text };
        foreach (var (name, part) in value.AsObject()) described[name] = part?.DeepClone();
        return described;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
