using System.Globalization;
using System.Text;
using CloudSage.Plugins.Alerts;

namespace CloudSage.Samples.Console;

/// <summary>An alert on one line. What comes from billing data may hold anything, so nothing of it can break the line or steer the terminal.</summary>
internal static class AlertLine
{
    private const int MaxText = 500;

    public static string Of(Alert alert)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{alert.OccurredAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} ");
        line.Append(CultureInfo.InvariantCulture, $"{alert.Severity.ToString().ToUpperInvariant()} {alert.Type} {Clean(alert.Title)}");
        if (alert.Scope.Source is { } source) line.Append(CultureInfo.InvariantCulture, $" in {Clean(source)}");
        if (alert.Observed is { } observed) line.Append(CultureInfo.InvariantCulture, $", observed {observed.Amount:0.00##} {Clean(observed.Currency)}");
        if (alert.Baseline is { } baseline) line.Append(CultureInfo.InvariantCulture, $", before {baseline.Amount:0.00##} {Clean(baseline.Currency)}");
        if (alert.Plugin is { } plugin) line.Append(CultureInfo.InvariantCulture, $" [{Clean(plugin)}]");
        return line.ToString();
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxText) return clean.Append("...").ToString();
            if (IsSafe(rune)) clean.Append(rune.ToString());
            else clean.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
        }

        return clean.ToString();
    }

    // Format characters turn the direction of text or are invisible; the others end a line or steer a terminal.
    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
