namespace CloudSage.Samples.BillingFiles;

/// <summary>The column of the currency, which every charge must have.</summary>
public sealed class CurrencyColumn : BillingColumn
{
    /// <summary>ISO 4217 for "no currency": amounts without a currency are kept, but never mix with real ones.</summary>
    public const string NoCurrency = "XXX";

    private readonly RecentValues<string> _currencies = new(static text => text);
    private readonly bool _exists;

    /// <summary>Finds the column. Where the file does not have it, that is one finding, not one for every row.</summary>
    public CurrencyColumn(BillingTable table, string name) : base(table, name)
    {
        ArgumentNullException.ThrowIfNull(table);
        _exists = table.Has(name);
        if (!_exists) Report(FindingCodes.MissingCurrency, $"The file has no such column: its charges count under {NoCurrency}.");
    }

    /// <summary>The current row's currency; <see cref="NoCurrency"/> with a finding where it has none.</summary>
    public string Value
    {
        get
        {
            if (Span is { Length: > 0 } currency) return _currencies.Get(currency);
            if (_exists) Report(FindingCodes.MissingCurrency, $"The charge has no currency; it counts under {NoCurrency}.");
            return NoCurrency;
        }
    }
}
