using System.Globalization;

namespace CloudSage.Samples.BillingFiles;

/// <summary>A column of dates: ISO 8601 with or without T, time and zone, or month/day/year as spreadsheets write it. Without a zone it is UTC.</summary>
public sealed class DateColumn : BillingColumn
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
        "M/d/yyyy", "M/d/yy", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm:ss tt",
    ];

    private readonly RecentValues<DateTimeOffset?> _dates = new(Parse);

    internal DateColumn(BillingTable table, string name) : base(table, name) { }

    /// <summary>The current row's value in UTC; null with a finding where it cannot be read.</summary>
    public DateTimeOffset? Value => Span.IsEmpty ? null : Read("it was read as null");

    /// <summary>The current row's value in UTC; null with a finding, also where there is none: the caller leaves the row out.</summary>
    public DateTimeOffset? Required => Read("the row was left out, as it belongs to no day", rowSkipped: true);

    private DateTimeOffset? Read(string consequence, bool rowSkipped = false)
    {
        var text = Span;
        var date = _dates.Get(text);
        if (date is null) Report(FindingCodes.InvalidDate, $"{Quote(text)} is not a date; {consequence}.", rowSkipped);
        return date;
    }

    private static DateTimeOffset? Parse(string text) => DateTimeOffset.TryParseExact(text.AsSpan().Trim(), Forms, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
}
