using System.Globalization;
using Spectre.Console;

namespace CloudSage.Terminal;

/// <summary>Text, amounts and times as people read them. Text may come from a plugin or a file, so it can neither mark up nor steer the terminal.</summary>
public static class PlainText
{
    /// <summary>Text that means nothing but itself: markup is escaped, control characters are replaced.</summary>
    public static string Escape(string? text)
        => Markup.Escape(string.Concat((text ?? "-").ReplaceLineEndings(" ").Select(static c => char.IsControl(c) ? '?' : c)));

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
