using CloudSage.Plugins.Costs;

namespace CloudSage.Samples.AwsCur;

/// <summary>What the kinds of CUR line items are in FOCUS. BilledCost is the unblended cost, ListCost the public on-demand cost.</summary>
internal static class CurCharges
{
    /// <summary>The row's records: one; two for a fee whose commitment was not used up; none for what only cancels another row.</summary>
    public static IEnumerable<CostRecord> Translate(CurRow row)
    {
        var type = row.LineItemType.Value;
        if (type == "SavingsPlanNegation" || row.Read() is not { } charge) return [];
        return type switch
        {
            "Usage" => [Usage(charge, row)],
            "DiscountedUsage" => [Reserved(Usage(charge, row), row) with
            {
                EffectiveCost = row.ReservationEffectiveCost.Value,
                CommitmentDiscountStatus = CommitmentStatus.Used,
            }],
            // AWS charges covered usage at on-demand prices and takes it back in a negation row; FOCUS bills it once, with the plan.
            "SavingsPlanCoveredUsage" => [Planned(Usage(charge, row), row) with
            {
                BilledCost = 0,
                EffectiveCost = row.SavingsPlanEffectiveCost.Value,
                CommitmentDiscountStatus = CommitmentStatus.Used,
            }],
            "RIFee" => Fee(Reserved(charge, row), ChargeFrequency.Recurring, (row.UnusedAmortizedFee.Value ?? 0) + (row.UnusedRecurringFee.Value ?? 0)),
            "SavingsPlanRecurringFee" => Fee(Planned(charge, row), ChargeFrequency.Recurring,
                (row.SavingsPlanCommitment.Value ?? 0) - (row.SavingsPlanUsedCommitment.Value ?? 0)),
            "SavingsPlanUpfrontFee" => Fee(Planned(charge, row), ChargeFrequency.OneTime, unused: 0),
            "Fee" when row.ReservationArn.Value is not null => Fee(Reserved(charge, row), ChargeFrequency.OneTime, unused: 0),
            "Fee" => [AsBilled(charge, ChargeCategory.Purchase) with { ChargeFrequency = ChargeFrequency.OneTime }],
            "Tax" => [AsBilled(charge, ChargeCategory.Tax)],
            "Credit" => [AsBilled(charge, ChargeCategory.Credit)],
            "Refund" => [AsBilled(charge, ChargeCategory.Adjustment) with { ChargeClass = ChargeClass.Correction }],
            "Discount" or "BundledDiscount" or "EdpDiscount" or "PrivateRateDiscount" => [AsBilled(charge, ChargeCategory.Adjustment)],
            _ => [Unknown(charge, row, type)],
        };
    }

    private static CostRecord AsBilled(CostRecord charge, ChargeCategory? category)
        => charge with { ChargeCategory = category, EffectiveCost = charge.BilledCost };

    private static CostRecord Usage(CostRecord charge, CurRow row) => AsBilled(charge, ChargeCategory.Usage) with
    {
        ChargeFrequency = ChargeFrequency.UsageBased,
        ConsumedQuantity = charge.PricingQuantity,
        ConsumedUnit = charge.PricingUnit,
        PricingCategory = row.UsageType.Value?.Contains("SpotUsage", StringComparison.Ordinal) == true ? PricingCategory.Dynamic : PricingCategory.Standard,
    };

    private static CostRecord Reserved(CostRecord charge, CurRow row) => charge with
    {
        CommitmentDiscountId = row.ReservationArn.Value,
        CommitmentDiscountCategory = CommitmentDiscountCategory.Usage,
        CommitmentDiscountType = "Reserved Instance",
        PricingCategory = PricingCategory.Committed,
    };

    private static CostRecord Planned(CostRecord charge, CurRow row) => charge with
    {
        CommitmentDiscountId = row.SavingsPlanArn.Value,
        CommitmentDiscountCategory = CommitmentDiscountCategory.Spend,
        CommitmentDiscountType = "Savings Plan",
        PricingCategory = PricingCategory.Committed,
    };

    /// <summary>A fee buys the commitment, and costs effectively nothing: the usage it covers does, and the part that nobody used.</summary>
    private static IEnumerable<CostRecord> Fee(CostRecord fee, ChargeFrequency frequency, decimal unused)
    {
        yield return fee with
        {
            ChargeCategory = ChargeCategory.Purchase,
            ChargeFrequency = frequency,
            EffectiveCost = 0,
            PricingCategory = PricingCategory.Standard,
        };
        if (unused == 0) yield break;
        yield return fee with
        {
            ChargeCategory = ChargeCategory.Usage,
            ChargeFrequency = ChargeFrequency.UsageBased,
            BilledCost = 0,
            EffectiveCost = unused,
            ListCost = null,
            PricingQuantity = null,
            CommitmentDiscountStatus = CommitmentStatus.Unused,
        };
    }

    private static CostRecord Unknown(CostRecord charge, CurRow row, string? type)
    {
        row.ReportUnknownType(type);
        return AsBilled(charge, category: null);
    }
}
