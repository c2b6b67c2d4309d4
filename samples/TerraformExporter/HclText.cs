using System.Globalization;
using System.Text;

namespace CloudSage.Samples.Terraform;

/// <summary>Writes strings so that HCL reads back exactly the same, and never takes a part of them for an expression.</summary>
internal static class HclText
{
    /// <summary>A quoted string.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var (rune, next) in Pairs(text))
        {
            switch (rune.Value)
            {
                case '"': quoted.Append("\\\""); break;
                case '\\': quoted.Append("\\\\"); break;
                case '\n': quoted.Append("\\n"); break;
                case '\r': quoted.Append("\\r"); break;
                case '\t': quoted.Append("\\t"); break;
                // Doubled before a brace, or it would begin an interpolation or a directive.
                case '$' or '%' when next is { Value: '{' }: quoted.Append(rune).Append(rune); break;
                default: Append(quoted, rune); break;
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A name for a block, made of what HCL allows in names.</summary>
    public static string Name(string text)
        => string.Concat(text.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));

    private static void Append(StringBuilder quoted, Rune rune)
    {
        // ASCII alone is written as it is: what is invisible or changes direction cannot hide in a file that people review.
        if (rune.Value is >= 0x20 and < 0x7F) quoted.Append((char)rune.Value);
        else if (rune.IsBmp) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
    }

    private static IEnumerable<(Rune Rune, Rune? Next)> Pairs(string text)
    {
        Rune? previous = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (previous is { } first) yield return (first, rune);
            previous = rune;
        }

        if (previous is { } last) yield return (last, null);
    }
}
