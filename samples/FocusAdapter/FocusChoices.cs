using CloudSage.Plugins.Costs;

namespace CloudSage.Samples.Focus;

/// <summary>The allowed values of FOCUS 1.2 columns, as files write them.</summary>
internal static class FocusChoices
{
    public static readonly (string, ChargeCategory)[] ChargeCategories =
    [
        ("Usage", ChargeCategory.Usage), ("Purchase", ChargeCategory.Purchase), ("Tax", ChargeCategory.Tax),
        ("Credit", ChargeCategory.Credit), ("Adjustment", ChargeCategory.Adjustment),
    ];

    public static readonly (string, ChargeClass)[] ChargeClasses = [("Correction", ChargeClass.Correction)];

    public static readonly (string, ChargeFrequency)[] ChargeFrequencies =
        [("Usage-Based", ChargeFrequency.UsageBased), ("One-Time", ChargeFrequency.OneTime), ("Recurring", ChargeFrequency.Recurring)];

    public static readonly (string, CommitmentDiscountCategory)[] CommitmentDiscountCategories =
        [("Spend", CommitmentDiscountCategory.Spend), ("Usage", CommitmentDiscountCategory.Usage)];

    public static readonly (string, CommitmentStatus)[] CommitmentStatuses =
        [("Used", CommitmentStatus.Used), ("Unused", CommitmentStatus.Unused)];

    public static readonly (string, PricingCategory)[] PricingCategories =
    [
        ("Standard", PricingCategory.Standard), ("Committed", PricingCategory.Committed),
        ("Dynamic", PricingCategory.Dynamic), ("Other", PricingCategory.Other),
    ];
}
