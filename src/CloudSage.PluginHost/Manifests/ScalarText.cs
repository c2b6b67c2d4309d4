using System.Globalization;

namespace CloudSage.PluginHost.Manifests;

/// <summary>How the text of truth values and numbers is read.</summary>
internal static class ScalarText
{
    private const NumberStyles Digits = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool? Boolean(string? text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public static decimal? Number(string text) => decimal.TryParse(text, Digits, CultureInfo.InvariantCulture, out var number) ? number : null;
}
