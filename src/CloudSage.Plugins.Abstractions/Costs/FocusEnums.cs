using System.Text.Json.Serialization;

namespace CloudSage.Plugins.Costs;

/// <summary>FOCUS 1.2 ChargeCategory: the kind of a charge.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChargeCategory>))]
public enum ChargeCategory
{
    /// <summary>Charges for consumption.</summary>
    Usage,

    /// <summary>Charges for acquiring a service or resource bought upfront or on a recurring basis.</summary>
    Purchase,

    /// <summary>Taxes.</summary>
    Tax,

    /// <summary>Vouchers and other credits.</summary>
    Credit,

    /// <summary>Charges that correct others.</summary>
    Adjustment,
}

/// <summary>FOCUS 1.2 ChargeClass: whether a charge corrects an invoiced one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChargeClass>))]
public enum ChargeClass
{
    /// <summary>A correction to a previously invoiced billing period.</summary>
    Correction,
}

/// <summary>FOCUS 1.2 ChargeFrequency: how often a charge occurs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChargeFrequency>))]
public enum ChargeFrequency
{
    /// <summary>Happens once.</summary>
    [JsonStringEnumMemberName("One-Time")] OneTime,

    /// <summary>Happens on a cadence.</summary>
    Recurring,

    /// <summary>Happens whenever the service is used.</summary>
    [JsonStringEnumMemberName("Usage-Based")] UsageBased,
}

/// <summary>FOCUS 1.2 CommitmentDiscountStatus and CapacityReservationStatus: whether a charge used what was committed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommitmentStatus>))]
public enum CommitmentStatus
{
    /// <summary>The charge used the commitment.</summary>
    Used,

    /// <summary>The charge is the unused part of the commitment.</summary>
    Unused,
}

/// <summary>FOCUS 1.2 CommitmentDiscountCategory: what is committed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommitmentDiscountCategory>))]
public enum CommitmentDiscountCategory
{
    /// <summary>An amount of money.</summary>
    Spend,

    /// <summary>An amount of usage.</summary>
    Usage,
}

/// <summary>FOCUS 1.2 PricingCategory: the pricing model of a charge.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PricingCategory>))]
public enum PricingCategory
{
    /// <summary>Predetermined prices.</summary>
    Standard,

    /// <summary>Prices that the provider varies, such as spot.</summary>
    Dynamic,

    /// <summary>Reduced prices against a commitment.</summary>
    Committed,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>Which cost column an analysis follows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CostMetric>))]
public enum CostMetric
{
    /// <summary>FOCUS EffectiveCost: amortised.</summary>
    EffectiveCost,

    /// <summary>FOCUS BilledCost: as invoiced.</summary>
    BilledCost,

    /// <summary>FOCUS ListCost: at public list prices.</summary>
    ListCost,
}

/// <summary>Which charges an analysis counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChargeFilter>))]
public enum ChargeFilter
{
    /// <summary>Every charge.</summary>
    AllCharges,

    /// <summary>Charges of category Usage, without the unused part of commitments.</summary>
    UsageOnly,
}
