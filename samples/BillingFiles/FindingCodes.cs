namespace CloudSage.Samples.BillingFiles;

/// <summary>The codes of the findings that reading a billing file can give.</summary>
public static class FindingCodes
{
    /// <summary>Two columns have the same name: the first one counts.</summary>
    public const string DuplicateColumn = "duplicate-column";

    /// <summary>A row has fewer values than columns (the rest is null), or more (it is left out, as its values may have shifted).</summary>
    public const string RaggedRow = "ragged-row";

    /// <summary>A quoted value goes on after its closing quote.</summary>
    public const string StrayQuote = "stray-quote";

    /// <summary>A date is in no known form: null.</summary>
    public const string InvalidDate = "invalid-date";

    /// <summary>A number cannot be read or is too great: null, never 0.</summary>
    public const string InvalidNumber = "invalid-number";

    /// <summary>A number is so close to 0 that a decimal cannot hold it: 0.</summary>
    public const string RoundedNumber = "rounded-number";

    /// <summary>A value is none of those that the column allows: null.</summary>
    public const string UnknownValue = "unknown-value";

    /// <summary>Tags are no JSON object: none are taken.</summary>
    public const string InvalidTags = "invalid-tags";

    /// <summary>A charge has no currency: it counts under ISO 4217 XXX, which means "no currency".</summary>
    public const string MissingCurrency = "missing-currency";

    /// <summary>A usage charge without a commitment is billed but costs effectively nothing: the source may have rounded or left out the cost.</summary>
    public const string DoubtfulEffectiveCost = "doubtful-effective-cost";

    /// <summary>The compressed file ends before its end: charges may be missing.</summary>
    public const string TruncatedFile = "truncated-file";
}
