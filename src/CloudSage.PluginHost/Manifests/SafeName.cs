using System.Text;
using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests;

/// <summary>What a plugin's name may be: it becomes part of paths, of lock files and of what people read, on every system.</summary>
internal static partial class SafeName
{
    private const int Longest = 64;

    // Cyrillic, then Greek letters, each with the Latin letter behind it that a reader takes it for.
    private const string Lookalikes =
        "\u0430a\u0435e\u043eo\u0440p\u0441c\u0443y\u0445x\u0456i\u0458j\u0455s\u0501d\u04bbh\u04cfl\u051bq\u051dw" +
        "\u03bfo\u03b1a\u03bdv\u03c1p\u03c4t\u03c5u\u03b9i\u03bak";

    /// <summary>What is wrong with a name and what to write instead; null where nothing is.</summary>
    public static (string Fault, string Remedy)? FindFault(string name)
    {
        if (name.Length > Longest) return ($"has {name.Length} characters, at most {Longest} are allowed", "Shorten it.");

        foreach (var rune in name.EnumerateRunes())
            if (!IsAllowed(rune)) return (FaultOf(rune), RemedyFor(name));

        if (name.Length == 0 || !char.IsAsciiLetterLower(name[0])) return ("does not start with a letter", RemedyFor(name));
        if (Reserved().IsMatch(name)) return ("is the name of a device on Windows", $"Write another, such as '{name}-plugin'.");
        return null;
    }

    public static bool IsReserved(string segment) => Reserved().IsMatch(segment.Split('.')[0].TrimEnd(' '));

    private static bool IsAllowed(Rune rune) => rune.IsAscii && (char)rune.Value is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';

    private static string FaultOf(Rune rune)
    {
        var at = Lookalikes.IndexOf(rune.ToString(), StringComparison.Ordinal);
        return at >= 0 && at % 2 == 0
            ? $"holds {ShownText.Character(rune)}, which only looks like the Latin letter '{Lookalikes[at + 1]}'"
            : $"holds {ShownText.Character(rune)}";
    }

    private static string RemedyFor(string name)
    {
        const string Rule = "Use lower-case letters a-z, digits and hyphens, starting with a letter";
        var proposal = Unfit().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return proposal != name && Fit().IsMatch(proposal) && !Reserved().IsMatch(proposal) ? $"{Rule}, such as '{proposal}'." : $"{Rule}.";
    }

    [GeneratedRegex(@"\A(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Unfit();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex Fit();
}
