using System.Globalization;
using Spectre.Console;

namespace CloudSage.Terminal;

/// <summary>Text, amounts and times as people read them. Text may come from a plugin or a file, so it can neither mark up nor steer the terminal.</summary>
public static class PlainText
{
    /// <summary>Text that means nothing but itself, as markup: see <see cref="Line"/>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Markup for it.</returns>
    public static string Escape(string? text) => Markup.Escape(Line(text));

    /// <summary>Text on one line, with a question mark for whatever steers a terminal or changes how the text beside it is shown.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The line.</returns>
    public static string Line(string? text) => string.Concat((text ?? "-").ReplaceLineEndings(" ").Select(static c => Steers(c) ? '?' : c));

    private static bool Steers(char c) => char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f' or '\u061c';

    /// <summary>An amount: two decimals, more where it is below one.</summary>
    public static string Amount(decimal amount) => amount != 0 && Math.Abs(amount) < 1
        ? amount.ToString("0.00####", CultureInfo.InvariantCulture)
        : amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>An amount with its currency.</summary>
    public static string Amount(decimal amount, string? currency) => $"{Amount(amount)} {Escape(currency)}";

    /// <summary>A ratio as percent, such as <c>71.4 %</c>.</summary>
    public static string Percent(decimal? ratio) => ratio is { } value
        ? (value * 100m).ToString("0.#", CultureInfo.InvariantCulture) + " %"
        : "-";

    public static string Count(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";

    public static string Elapsed(TimeSpan elapsed) => elapsed.TotalSeconds < 1
        ? elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms"
        : elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
