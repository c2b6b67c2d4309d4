using CloudSage.Plugins.Adapters;
using CloudSage.Samples.BillingFiles;

namespace CloudSage.Samples.Focus;

/// <summary>Tells from its column names whether a file is FOCUS, and which version.</summary>
internal static class FocusHeader
{
    private static readonly string[] Needed = ["ChargePeriodStart", "ChargeCategory", "BilledCost"];

    private static readonly string[] Mandatory =
    [
        "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory",
        "ChargeClass", "ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName",
        "ListCost", "PricingQuantity", "PricingUnit", "ServiceCategory", "ServiceName",
    ];

    private static readonly string[] Since14 = ["CommitmentProgramEligibilityDetails", "InvoiceDetailId"];
    private static readonly string[] Since13 = ["ServiceProviderName", "HostProviderName", "ContractApplied", "AllocatedMethodId", "AllocatedTags"];
    private static readonly string[] Since12 = ["BillingAccountType", "InvoiceId", "PricingCurrency", "SubAccountType"];
    private static readonly string[] Since11 = ["CapacityReservationId", "CommitmentDiscountQuantity", "ServiceSubcategory", "SkuMeter", "SkuPriceDetails"];

    public static CostSourceMatch Match(BillingTable table)
    {
        string[] absent = [.. Needed.Where(name => !table.Has(name))];
        if (absent.Length > 0) return CostSourceMatch.No($"The header has no {string.Join(", ", absent)}.");

        string[] missing = [.. Mandatory.Where(name => !table.Has(name))];
        var reason = missing.Length == 0 ? "Every mandatory column is there." : $"Mandatory columns are missing: {string.Join(", ", missing)}.";
        return new CostSourceMatch(decimal.Round(1m - (decimal)missing.Length / Mandatory.Length, 2), $"FOCUS {Version(table)} CSV", reason);
    }

    /// <summary>Refuses a file that is not FOCUS.</summary>
    public static void Check(BillingTable table, string source)
    {
        if (Match(table) is { Confidence: 0, Reason: var reason }) throw new CostSourceException($"{source} is no FOCUS file. {reason}");
    }

    private static string Version(BillingTable table)
    {
        if (Since14.Any(table.Has)) return "1.4";
        if (Since13.Any(table.Has)) return table.Has("ProviderName") ? "1.3" : "1.4";
        if (Since12.Any(table.Has)) return "1.2";
        return Since11.Any(table.Has) ? "1.1" : "1.0";
    }
}
