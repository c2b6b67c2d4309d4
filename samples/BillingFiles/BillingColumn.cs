namespace CloudSage.Samples.BillingFiles;

/// <summary>A column whose place in the file was looked up once. Its value is that of the table's current row.</summary>
public abstract class BillingColumn
{
    private readonly BillingTable _table;
    private readonly int _ordinal;

    /// <summary>Finds the column; where the file does not have it, it has no value in any row.</summary>
    protected BillingColumn(BillingTable table, string name)
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        _ordinal = table.Claim(name);
        Name = _ordinal < 0 ? name : table.Header[_ordinal];
    }

    /// <summary>The column's name, as the file writes it.</summary>
    public string Name { get; }

    /// <summary>The value as text; empty for null.</summary>
    protected ReadOnlySpan<char> Span => _table.Value(_ordinal);

    /// <summary>Reports a finding about the value.</summary>
    protected void Report(string code, string message, bool rowSkipped = false) => _table.Report(Name, code, message, rowSkipped);

    /// <summary>Quotes a value in a message, shortened: it may be as long as a row.</summary>
    protected static string Quote(ReadOnlySpan<char> value) => value.Length <= 60 ? $"'{value}'" : $"'{value[..60]}...'";
}
