using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests;

/// <summary>Lengths of time as people write them (<c>30s</c>, <c>1h30m</c>, <c>250ms</c>) and as ISO 8601 does (<c>PT30S</c>).</summary>
internal static partial class DurationText
{
    /// <summary>The longest that is accepted: what the runtime's timers can still count.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Reads a length of time that is positive and not above <see cref="Longest"/>.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var match = text.StartsWith('P') ? Iso().Match(text) : Units().Match(text);
        if (!match.Success) return false;

        var seconds = 0m;
        foreach (var (group, size) in new[] { ("w", 604_800m), ("d", 86_400m), ("h", 3600m), ("m", 60m), ("s", 1m), ("ms", 0.001m) })
        {
            if (!match.Groups[group].Success) continue;
            // At most nine digits before the point, so that neither the number nor the sum can overflow.
            seconds += size * decimal.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        }

        if (seconds <= 0 || seconds > (decimal)Longest.TotalSeconds) return false;
        value = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return value > TimeSpan.Zero;
    }

    [GeneratedRegex(
        @"\A((?<d>[0-9]{1,9})d)?((?<h>[0-9]{1,9})h)?((?<m>[0-9]{1,9})m(?!s))?((?<s>[0-9]{1,9}(\.[0-9]{1,7})?)s)?((?<ms>[0-9]{1,9})ms)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Units();

    [GeneratedRegex(
        @"\AP((?<w>[0-9]{1,9})W|((?<d>[0-9]{1,9})D)?(T(?=[0-9])((?<h>[0-9]{1,9})H)?((?<m>[0-9]{1,9})M)?((?<s>[0-9]{1,9}(\.[0-9]{1,7})?)S)?)?)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Iso();
}
