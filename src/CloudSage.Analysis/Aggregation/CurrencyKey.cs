namespace CloudSage.Analysis.Aggregation;

/// <summary>The currency under which a charge counts. What has none counts under one key, whichever way an adapter says so.</summary>
internal static class CurrencyKey
{
    // ISO 4217: the code for transactions where no currency is involved.
    private const string NoCurrency = "XXX";

    public static string Of(string? currency) => string.IsNullOrEmpty(currency) || currency == NoCurrency ? GroupTable.NullKey : currency;
}
