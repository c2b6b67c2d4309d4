namespace CloudSage.Samples.BillingFiles;

/// <summary>A column of text. Values that repeat share one string.</summary>
public sealed class TextColumn : BillingColumn
{
    private readonly RecentValues<string> _strings = new(static text => text);

    internal TextColumn(BillingTable table, string name) : base(table, name) { }

    /// <summary>The current row's value.</summary>
    public string? Value => Span is { Length: > 0 } text ? _strings.Get(text) : null;
}
