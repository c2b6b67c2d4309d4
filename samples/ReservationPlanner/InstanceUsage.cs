using CloudSage.Plugins.Costs;

namespace CloudSage.Samples.Reservations;

/// <summary>The hours and costs of one instance, added up charge by charge.</summary>
internal sealed class InstanceUsage(CostRecord first, string instanceType)
{
    public string ResourceId { get; } = first.ResourceId!;

    public string InstanceType { get; } = instanceType;

    public string ResourceType { get; } = InstanceCharge.ResourceTypeOf(first);

    public string? ProviderName { get; } = first.ProviderName;

    public string? SubAccountId { get; } = first.SubAccountId;

    public string? RegionId { get; } = first.RegionId;

    public Money OnDemandCost { get; private set; } = Money.Zero(first.BillingCurrency);

    public decimal OnDemandHours { get; private set; }

    public decimal ReservedHours { get; private set; }

    public decimal Hours => OnDemandHours + ReservedHours;

    public void Add(CostRecord charge)
    {
        var hours = charge.ConsumedQuantity ?? 0;
        if (charge.CommitmentDiscountId is not null)
        {
            ReservedHours += hours;
            return;
        }
        OnDemandHours += hours;
        OnDemandCost += new Money(charge.BilledCost ?? 0, charge.BillingCurrency);
    }
}
