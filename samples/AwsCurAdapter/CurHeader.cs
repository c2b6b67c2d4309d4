using CloudSage.Plugins.Adapters;
using CloudSage.Samples.BillingFiles;

namespace CloudSage.Samples.AwsCur;

/// <summary>Tells from its column names whether a file is a CUR.</summary>
internal static class CurHeader
{
    private static readonly string[] Needed = ["lineItem/LineItemType", "lineItem/UsageStartDate", "lineItem/UnblendedCost"];

    private static readonly string[] Always =
    [
        "bill/PayerAccountId", "bill/BillingPeriodStartDate", "bill/BillingPeriodEndDate", "lineItem/UsageAccountId", "lineItem/ProductCode",
        "lineItem/UsageType", "lineItem/Operation", "lineItem/UsageAmount", "lineItem/CurrencyCode", "lineItem/LineItemDescription",
    ];

    /// <summary>CUR files write <c>lineItem/UsageType</c>, Athena <c>line_item_usage_type</c>: their letters and digits are the same.</summary>
    public static string CanonicalName(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit));

    public static CostSourceMatch Match(BillingTable table)
    {
        string[] absent = [.. Needed.Where(name => !table.Has(name))];
        if (absent.Length > 0) return CostSourceMatch.No($"The header has no {string.Join(", ", absent)}, nor the same in Athena's form.");

        string[] missing = [.. Always.Where(name => !table.Has(name))];
        var reason = missing.Length == 0 ? "Every usual column is there." : $"Usual columns are missing: {string.Join(", ", missing)}.";
        var form = table.Header.Any(name => name.Contains('/', StringComparison.Ordinal)) ? "AWS CUR CSV" : "AWS CUR CSV with Athena column names";
        return new CostSourceMatch(1m - (decimal)missing.Length / (Always.Length + Needed.Length), form, reason);
    }

    /// <summary>Refuses a file that is not a CUR.</summary>
    public static void Check(BillingTable table, string source)
    {
        if (Match(table) is { Confidence: 0, Reason: var reason }) throw new CostSourceException($"{source} is no AWS Cost and Usage Report. {reason}");
    }
}
