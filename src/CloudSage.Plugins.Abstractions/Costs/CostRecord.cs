using System.Collections.ObjectModel;

namespace CloudSage.Plugins.Costs;

/// <summary>
/// One charge, with the columns of the FinOps Open Cost and Usage Specification (FOCUS) 1.2 under their own names.
/// Null means that the source had no value; a missing cost is null, never 0.
/// Dates are UTC; costs are exact and in <see cref="BillingCurrency"/>.
/// </summary>
/// <remarks>Column definitions: FOCUS 1.2, https://focus.finops.org.</remarks>
public sealed record CostRecord
{
    /// <summary>FOCUS AvailabilityZone.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>FOCUS BilledCost.</summary>
    public decimal? BilledCost { get; init; }

    /// <summary>FOCUS BillingAccountId.</summary>
    public string? BillingAccountId { get; init; }

    /// <summary>FOCUS BillingAccountName.</summary>
    public string? BillingAccountName { get; init; }

    /// <summary>FOCUS BillingAccountType.</summary>
    public string? BillingAccountType { get; init; }

    /// <summary>FOCUS BillingCurrency: the currency of every cost in this record.</summary>
    public required string BillingCurrency { get; init; }

    /// <summary>FOCUS BillingPeriodEnd.</summary>
    public DateTimeOffset? BillingPeriodEnd { get; init; }

    /// <summary>FOCUS BillingPeriodStart.</summary>
    public DateTimeOffset? BillingPeriodStart { get; init; }

    /// <summary>FOCUS CapacityReservationId.</summary>
    public string? CapacityReservationId { get; init; }

    /// <summary>FOCUS CapacityReservationStatus.</summary>
    public CommitmentStatus? CapacityReservationStatus { get; init; }

    /// <summary>FOCUS ChargeCategory.</summary>
    public ChargeCategory? ChargeCategory { get; init; }

    /// <summary>FOCUS ChargeClass.</summary>
    public ChargeClass? ChargeClass { get; init; }

    /// <summary>FOCUS ChargeDescription.</summary>
    public string? ChargeDescription { get; init; }

    /// <summary>FOCUS ChargeFrequency.</summary>
    public ChargeFrequency? ChargeFrequency { get; init; }

    /// <summary>FOCUS ChargePeriodEnd, exclusive, UTC.</summary>
    public DateTimeOffset? ChargePeriodEnd { get; init; }

    /// <summary>FOCUS ChargePeriodStart, inclusive, UTC. Its date is the day of the charge.</summary>
    public required DateTimeOffset ChargePeriodStart { get; init; }

    /// <summary>FOCUS CommitmentDiscountCategory.</summary>
    public CommitmentDiscountCategory? CommitmentDiscountCategory { get; init; }

    /// <summary>FOCUS CommitmentDiscountId.</summary>
    public string? CommitmentDiscountId { get; init; }

    /// <summary>FOCUS CommitmentDiscountName.</summary>
    public string? CommitmentDiscountName { get; init; }

    /// <summary>FOCUS CommitmentDiscountQuantity.</summary>
    public decimal? CommitmentDiscountQuantity { get; init; }

    /// <summary>FOCUS CommitmentDiscountStatus.</summary>
    public CommitmentStatus? CommitmentDiscountStatus { get; init; }

    /// <summary>FOCUS CommitmentDiscountType.</summary>
    public string? CommitmentDiscountType { get; init; }

    /// <summary>FOCUS CommitmentDiscountUnit.</summary>
    public string? CommitmentDiscountUnit { get; init; }

    /// <summary>FOCUS ConsumedQuantity.</summary>
    public decimal? ConsumedQuantity { get; init; }

    /// <summary>FOCUS ConsumedUnit.</summary>
    public string? ConsumedUnit { get; init; }

    /// <summary>FOCUS ContractedCost.</summary>
    public decimal? ContractedCost { get; init; }

    /// <summary>FOCUS ContractedUnitPrice.</summary>
    public decimal? ContractedUnitPrice { get; init; }

    /// <summary>FOCUS EffectiveCost.</summary>
    public decimal? EffectiveCost { get; init; }

    /// <summary>FOCUS InvoiceId.</summary>
    public string? InvoiceId { get; init; }

    /// <summary>FOCUS InvoiceIssuerName.</summary>
    public string? InvoiceIssuerName { get; init; }

    /// <summary>FOCUS ListCost.</summary>
    public decimal? ListCost { get; init; }

    /// <summary>FOCUS ListUnitPrice.</summary>
    public decimal? ListUnitPrice { get; init; }

    /// <summary>FOCUS PricingCategory.</summary>
    public PricingCategory? PricingCategory { get; init; }

    /// <summary>FOCUS PricingCurrency.</summary>
    public string? PricingCurrency { get; init; }

    /// <summary>FOCUS PricingCurrencyContractedUnitPrice.</summary>
    public decimal? PricingCurrencyContractedUnitPrice { get; init; }

    /// <summary>FOCUS PricingCurrencyEffectiveCost.</summary>
    public decimal? PricingCurrencyEffectiveCost { get; init; }

    /// <summary>FOCUS PricingCurrencyListUnitPrice.</summary>
    public decimal? PricingCurrencyListUnitPrice { get; init; }

    /// <summary>FOCUS PricingQuantity.</summary>
    public decimal? PricingQuantity { get; init; }

    /// <summary>FOCUS PricingUnit.</summary>
    public string? PricingUnit { get; init; }

    /// <summary>FOCUS ProviderName.</summary>
    public string? ProviderName { get; init; }

    /// <summary>FOCUS PublisherName.</summary>
    public string? PublisherName { get; init; }

    /// <summary>FOCUS RegionId.</summary>
    public string? RegionId { get; init; }

    /// <summary>FOCUS RegionName.</summary>
    public string? RegionName { get; init; }

    /// <summary>FOCUS ResourceId.</summary>
    public string? ResourceId { get; init; }

    /// <summary>FOCUS ResourceName.</summary>
    public string? ResourceName { get; init; }

    /// <summary>FOCUS ResourceType.</summary>
    public string? ResourceType { get; init; }

    /// <summary>FOCUS ServiceCategory.</summary>
    public string? ServiceCategory { get; init; }

    /// <summary>FOCUS ServiceName.</summary>
    public string? ServiceName { get; init; }

    /// <summary>FOCUS ServiceSubcategory.</summary>
    public string? ServiceSubcategory { get; init; }

    /// <summary>FOCUS SkuId.</summary>
    public string? SkuId { get; init; }

    /// <summary>FOCUS SkuMeter.</summary>
    public string? SkuMeter { get; init; }

    /// <summary>FOCUS SkuPriceDetails, as JSON text.</summary>
    public string? SkuPriceDetails { get; init; }

    /// <summary>FOCUS SkuPriceId.</summary>
    public string? SkuPriceId { get; init; }

    /// <summary>FOCUS SubAccountId.</summary>
    public string? SubAccountId { get; init; }

    /// <summary>FOCUS SubAccountName.</summary>
    public string? SubAccountName { get; init; }

    /// <summary>FOCUS SubAccountType.</summary>
    public string? SubAccountType { get; init; }

    /// <summary>FOCUS Tags: tags as key and value; a tag without a value has the value "".</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Columns that FOCUS 1.2 does not have: provider columns (<c>x_...</c>) and columns of later versions, by name.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The line in the source that this record came from, 1-based; null where the source has no lines.</summary>
    public long? SourceLine { get; init; }

    /// <summary>The cost in the given column.</summary>
    /// <param name="metric">The column.</param>
    /// <returns>The cost, or null where the source had none.</returns>
    public decimal? Cost(CostMetric metric) => metric switch
    {
        CostMetric.BilledCost => BilledCost,
        CostMetric.ListCost => ListCost,
        _ => EffectiveCost,
    };
}
