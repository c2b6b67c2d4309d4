using System.Globalization;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Whether a text is a value of a setting as its manifest describes it.</summary>
internal static class SettingValue
{
    /// <summary>The setting's type; null where an unknown one was written.</summary>
    public static string? TypeOf(ManifestMap setting) => setting.Scalar("type") is { } type ? type.Shape.Choose(type.Text) : "string";

    public static bool IsOfType(string? type, string text) => type switch
    {
        "boolean" => ScalarText.Boolean(text) is not null,
        "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => ScalarText.Number(text) is not null,
        _ => true,
    };

    /// <summary>Why the text is not a value of the setting; null where it is.</summary>
    public static string? FindFault(ManifestMap setting, string text)
    {
        var type = TypeOf(setting);
        if (!IsOfType(type, text)) return $"is not of type {type}";

        var allowed = setting.Items<ManifestScalar>("enum").Select(static a => a.Text).ToList();
        if (allowed.Count > 0 && !allowed.Contains(text)) return "is not among the allowed values";
        if (type is not ("integer" or "number") || ScalarText.Number(text) is not { } number) return null;
        if (number < Bound(setting, "minimum")) return "is below the minimum";
        return number > Bound(setting, "maximum") ? "is above the maximum" : null;
    }

    private static decimal? Bound(ManifestMap setting, string key) => setting.Text(key) is { } text ? ScalarText.Number(text) : null;
}
