using System.Text.Json.Nodes;

namespace CloudSage.PluginHost.Manifests.Publishing;

/// <summary>What the rules say of single values, as far as a pattern can say it, by the place of the value.</summary>
internal sealed class ValuePatterns(KnownNames known)
{
    private const string Reserved = "(?:[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|[cC][oO][nN][iI][nN]\\$|[cC][oO][nN][oO][uU][tT]\\$|[cC][oO][mM][0-9¹²³]|[lL][pP][tT][0-9¹²³])";
    private const string Name = "^(?!" + Reserved + "$)[a-z][a-z0-9-]{0,63}$";

    /// <summary>Inside the plugin, with forward slashes and no part that some system does not allow.</summary>
    private const string File =
        "^(?!/)(?!(?:.*/)?(?:\\.{1,2})?(?:/|$))(?!.*[ .](?:/|$))(?!(?:.*/)?" + Reserved + " *(?:\\.[^/]*)?(?:/|$))[^\\\\<>:\"|?*\\u0000-\\u001f]{1,512}$";

    /// <summary>The pattern that <see href="https://semver.org">semver.org</see> proposes.</summary>
    private const string Version =
        @"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$";

    private const string Host =
        @"^(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*(?::[1-9][0-9]{0,4})?$";

    private const string TypeName =
        @"^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}]{0,127}(?:[.+][\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}]{0,127}){0,31}$";

    /// <summary>What is known of the value at a path; null where its shape says all.</summary>
    public JsonNode? At(string path) => path switch
    {
        "name" or "dependencies[].name" => JsonSchemas.Pattern(Name),
        "version" => JsonSchemas.Pattern(Version),
        "type" => ScalarSchema.Choice(PluginTypeNames.All, []),
        "entry_point" or "platforms[].entry_point" => JsonSchemas.Pattern(File),
        "entry_type" => JsonSchemas.Pattern(TypeName),
        "homepage" => JsonSchemas.Pattern(@"^[hH][tT][tT][pP][sS]?://[^\s/]"),
        "platforms[].hash" => JsonSchemas.Pattern("^sha256:[0-9a-fA-F]{64}$"),
        "network.allowed_hosts[]" => JsonSchemas.Pattern(Host),
        "commands[].name" => JsonSchemas.Pattern("^[A-Za-z][A-Za-z0-9._-]{0,63}$"),
        "filesystem[].path" => JsonSchemas.Pattern(@"^(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).{1,1024}$"),
        "permissions[].name" => new JsonObject { ["enum"] = JsonSchemas.Array(known.Permissions) },
        "extension_points[].point" => ScalarSchema.Choice([.. known.ExtensionPoints], []),
        _ => null,
    };
}
