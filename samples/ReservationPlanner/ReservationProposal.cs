using System.Globalization;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Serialization;

namespace CloudSage.Samples.Reservations;

/// <summary>Words a recommendation: what was measured, what to buy, what it saves.</summary>
/// <param name="days">How many days have charges: the hours that an instance could have run.</param>
/// <param name="discount">How much cheaper a reserved hour is, 0 to 1; null when unknown.</param>
/// <param name="now">When the recommendation is made.</param>
internal sealed class ReservationProposal(int days, decimal? discount, DateTimeOffset now)
{
    private const decimal HoursPerMonth = 730m;

    private readonly decimal _hours = 24m * days;

    public decimal UsageRatio(InstanceUsage usage) => _hours == 0 ? 0 : usage.Hours / _hours;

    public OptimizationRecommendation Make(InstanceUsage usage)
    {
        var ratio = UsageRatio(usage);
        var monthly = usage.OnDemandCost * (HoursPerMonth / _hours);
        return new OptimizationRecommendation
        {
            RecommendationId = RecommendationIdentity.Create(usage.ResourceId, OptimizationAction.PurchaseReservation, usage.InstanceType),
            ResourceId = usage.ResourceId,
            ResourceType = usage.ResourceType,
            ProviderName = usage.ProviderName,
            SubAccountId = usage.SubAccountId,
            RegionId = usage.RegionId,
            Action = OptimizationAction.PurchaseReservation,
            Current = new ResourceConfiguration(usage.InstanceType, "On demand") { Attributes = Measured(usage, ratio) },
            Recommended = new ResourceConfiguration(usage.InstanceType, "Reserved"),
            EstimatedMonthlyCost = monthly,
            EstimatedMonthlySavings = discount is { } known ? monthly * known : null,
            SavingsRatio = discount,
            LookbackDays = days,
            ImplementationEffort = Level.VeryLow,
            Risk = Level.Medium, // A reservation is paid for whether it is used or not.
            RestartNeeded = false,
            RollbackPossible = false,
            Reasons = Reasons(usage, ratio),
            CreatedAt = now,
        };
    }

    private Dictionary<string, string> Measured(InstanceUsage usage, decimal ratio) => new()
    {
        ["period_hours"] = ExactDecimalConverter.Format(_hours),
        ["hours"] = ExactDecimalConverter.Format(usage.Hours),
        ["on_demand_hours"] = ExactDecimalConverter.Format(usage.OnDemandHours),
        ["reserved_hours"] = ExactDecimalConverter.Format(usage.ReservedHours),
        ["on_demand_cost"] = ExactDecimalConverter.Format(usage.OnDemandCost.Amount),
        ["usage_ratio"] = ExactDecimalConverter.Format(ratio),
    };

    private string[] Reasons(InstanceUsage usage, decimal ratio) =>
    [
        Text($"It ran {usage.Hours:0.##} of {_hours:0} hours ({ratio:P1})."),
        Text($"{usage.OnDemandHours:0.##} hours were paid on demand, for {usage.OnDemandCost}."),
        Text($"Reservations covered {usage.ReservedHours / usage.Hours:P1} of its hours."),
        discount is { } known ? Text($"A reserved hour is taken to be {known:P1} cheaper.") : "What a reserved hour costs is not known here, so the savings are not.",
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
