using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests.Publishing;

/// <summary>A single value as JSON Schema. YAML makes numbers and truth values of what has no quotes; the reader takes the text as it stands.</summary>
internal static class ScalarSchema
{
    private const string DurationPattern =
        "^(?:(?=[0-9])(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m(?!s))?(?:[0-9]{1,9}(?:\\.[0-9]{1,7})?s)?(?:[0-9]{1,9}ms)?"
        + "|P(?=[0-9T])(?:[0-9]{1,9}W|(?:[0-9]{1,9}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}(?:\\.[0-9]{1,7})?S)?)?))$";

    public static JsonNode Of(ScalarShape shape) => shape.Kind switch
    {
        ScalarKind.Choice => Choice(shape.Choices, shape.Aliases.Keys),
        ScalarKind.Boolean => JsonSchemas.AnyOf(new JsonObject { ["type"] = "boolean" }, JsonSchemas.Pattern("^(?:true|True|TRUE|false|False|FALSE)$")),
        ScalarKind.WholeNumber => Number("integer", "^[+-]?[0-9]+$", shape.Minimum),
        ScalarKind.Number => Number("number", @"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$", shape.Minimum),
        ScalarKind.Duration => JsonSchemas.Reference("#/$defs/duration"),
        _ => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
    };

    /// <summary>The definition that lengths of time refer to.</summary>
    public static JsonObject Duration() => JsonSchemas.Pattern(DurationPattern);

    /// <summary>The canonical spellings for editors to propose, and a pattern for the others: any case, with or without hyphens and underscores.</summary>
    public static JsonObject Choice(IReadOnlyList<string> choices, IEnumerable<string> aliases)
    {
        var pattern = $"^(?:{string.Join('|', choices.Concat(aliases.Order(StringComparer.Ordinal)).Select(Loose))})$";
        var schema = JsonSchemas.AnyOf(new JsonObject { ["enum"] = JsonSchemas.Array(choices) }, JsonSchemas.Pattern(pattern));
        // "false" without quotes is a truth value to YAML.
        if (choices.Contains("false")) schema["anyOf"]!.AsArray().Add(new JsonObject { ["const"] = false });
        return schema;
    }

    private static JsonObject Number(string type, string pattern, decimal? minimum)
    {
        var number = new JsonObject { ["type"] = type };
        if (minimum is { } least) number["minimum"] = least;
        return JsonSchemas.AnyOf(number, JsonSchemas.Pattern(pattern));
    }

    private static string Loose(string choice)
    {
        var pattern = new StringBuilder("[-_]*");
        foreach (var letter in NearestName.Plain(choice))
        {
            var upper = char.ToUpper(letter, CultureInfo.InvariantCulture);
            pattern.Append(upper == letter ? Regex.Escape(letter.ToString()) : $"[{letter}{upper}]").Append("[-_]*");
        }

        return pattern.ToString();
    }
}
