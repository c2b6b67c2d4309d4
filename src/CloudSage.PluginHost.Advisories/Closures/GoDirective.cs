using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>One directive of a <see href="https://go.dev/ref/mod#go-mod-file-lexical">go.mod</see>, taken apart as Go does.</summary>
/// <param name="Verb">What it does, such as <c>require</c>.</param>
/// <param name="Words">What follows, without quotes.</param>
internal sealed partial record GoDirective(string Verb, string[] Words)
{
    /// <summary>No line that Go writes comes near it.</summary>
    private const int LongestLine = 4096;

    /// <summary>The directives of a file, those of blocks in parentheses one by one.</summary>
    public static IEnumerable<GoDirective> ReadAll(string text)
    {
        using var lines = new StringReader(text);
        string? block = null;
        while (lines.ReadLine() is { } line)
        {
            if (line.Length > LongestLine)
            {
                // One word, which is no requirement: so it is told.
                yield return new GoDirective("require", [UnresolvedSentences.Shown(line, 80)]);
                continue;
            }

            string[] words = [.. Tokens(line)];
            if (words.Length == 0) continue;
            if (block is null && words is [var opened, "(", ..]) (block, words) = (opened, words[2..]);
            var ends = words is [.., ")"];
            if (ends) words = words[..^1];
            if (words.Length > 0) yield return block is null ? new GoDirective(words[0], words[1..]) : new GoDirective(block, words);
            if (ends) block = null;
        }
    }

    /// <summary>The words of a line without its comment. Punctuation is a word of its own, whatever it stands beside.</summary>
    private static IEnumerable<string> Tokens(string line)
        => Token.Matches(line).Select(static m => m.Value).TakeWhile(static t => !t.StartsWith("//", StringComparison.Ordinal)).Select(static t => t.Trim('"', '`'));

    [GeneratedRegex("""//|"(?:[^"\\]|\\.)*"|`[^`]*`|=>|[()\[\]{},]|(?:(?!//)[^\s()\[\]{},"`])+""", RegexOptions.CultureInvariant)]
    private static partial Regex Token { get; }
}
