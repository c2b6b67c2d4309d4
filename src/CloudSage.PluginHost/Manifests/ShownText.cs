using System.Globalization;
using System.Text;

namespace CloudSage.PluginHost.Manifests;

/// <summary>Text of a stranger made fit for one line of a message: quoted, shortened, and with nothing in it that moves a cursor.</summary>
internal static class ShownText
{
    private const int Longest = 80;

    public static string Quote(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length > Longest) return shown.Append(CultureInfo.InvariantCulture, $"...' ({text.Length} characters)").ToString();
            Append(shown, rune);
        }

        return shown.Append('\'').ToString();
    }

    /// <summary>The text whole and without quotes, with escapes for what cannot be seen.</summary>
    public static string Escape(string text)
    {
        if (!text.EnumerateRunes().Any(IsHidden)) return text;

        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes()) Append(shown, rune);
        return shown.ToString();
    }

    /// <summary>Text of several lines, such as a stack: as <see cref="Escape"/>, but with its line breaks and tabs.</summary>
    public static string EscapeLines(string text)
    {
        if (!text.EnumerateRunes().Any(static r => IsHidden(r) && !IsLayout(r))) return text;

        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsLayout(rune)) shown.Append(rune.ToString());
            else Append(shown, rune);
        }

        return shown.ToString();
    }

    /// <summary>A character as a reader can find it: itself where it can be seen, and its code point.</summary>
    public static string Character(Rune rune)
    {
        var point = $"U+{rune.Value:X4}";
        return IsHidden(rune) ? point : $"'{rune}' ({point})";
    }

    /// <summary>Whether a character has no shape of its own, or changes how others are shown.</summary>
    public static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsLayout(Rune rune) => rune.Value is '\n' or '\r' or '\t';

    private static void Append(StringBuilder shown, Rune rune)
    {
        if (IsHidden(rune)) shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        else shown.Append(rune.ToString());
    }
}
