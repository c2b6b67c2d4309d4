using CloudSage.Plugins.Costs;

namespace CloudSage.UnitTests.Analysis;

/// <summary>Short ways to write charges.</summary>
internal static class Charges
{
    public static DateTimeOffset Day(int day) => new(2026, 3, day, 0, 0, 0, TimeSpan.Zero);

    public static CostRecord Charge(
        decimal? effective,
        DateTimeOffset? start = null,
        string? service = "EC2",
        string currency = "USD",
        ChargeCategory? category = ChargeCategory.Usage,
        CommitmentStatus? commitment = null) => new()
        {
            BilledCost = effective,
            EffectiveCost = effective,
            ListCost = effective,
            BillingCurrency = currency,
            ChargePeriodStart = start ?? Day(1),
            ServiceName = service,
            ChargeCategory = category,
            CommitmentDiscountStatus = commitment,
        };
}
