namespace CloudSage.Samples.BillingFiles;

/// <summary>What is wrong with the quotes of a record. The CSV reader reads such records as well as it can and tells nobody.</summary>
internal enum QuoteFault
{
    None,

    /// <summary>A quoted value goes on after its closing quote.</summary>
    Stray,

    /// <summary>A quoted value has no closing quote: it swallowed what follows.</summary>
    Unclosed,
}

internal static class Quotes
{
    public static QuoteFault Check(ReadOnlySpan<char> record)
    {
        var start = 0;
        while (record[start..].IndexOf('"') is var found and >= 0)
        {
            var opening = start + found;
            start = opening + 1;
            // A quote inside a value that does not start with one is an ordinary character.
            if (opening > 0 && !EndsValue(record[opening - 1])) continue;
            start = AfterClosing(record, start);
            if (start < 0) return QuoteFault.Unclosed;
            if (start < record.Length && !EndsValue(record[start])) return QuoteFault.Stray;
        }
        return QuoteFault.None;
    }

    private static int AfterClosing(ReadOnlySpan<char> record, int start)
    {
        while (record[start..].IndexOf('"') is var found and >= 0)
        {
            start += found + 1;
            if (start == record.Length || record[start] != '"') return start;
            start++;
        }
        return -1;
    }

    private static bool EndsValue(char c) => c is ',' or ';' or '\t' or '|' or '\r' or '\n';
}
