using System.Collections.ObjectModel;
using CloudSage.Plugins.Costs;
using CloudSage.Samples.BillingFiles;

namespace CloudSage.Samples.AwsCur;

/// <summary>The table's current row: what every charge takes over unchanged, and the columns whose meaning depends on the kind of charge.</summary>
internal sealed class CurRow(BillingTable table)
{
    private readonly TextColumn _invoiceId = table.Text("bill/InvoiceId");
    private readonly TextColumn _invoicingEntity = table.Text("bill/InvoicingEntity");
    private readonly TextColumn _payerAccountId = table.Text("bill/PayerAccountId");
    private readonly DateColumn _billingPeriodStart = table.Date("bill/BillingPeriodStartDate");
    private readonly DateColumn _billingPeriodEnd = table.Date("bill/BillingPeriodEndDate");
    private readonly TextColumn _usageAccountId = table.Text("lineItem/UsageAccountId");
    private readonly DateColumn _usageStart = table.Date("lineItem/UsageStartDate");
    private readonly DateColumn _usageEnd = table.Date("lineItem/UsageEndDate");
    private readonly TextColumn _productCode = table.Text("lineItem/ProductCode");
    private readonly TextColumn _availabilityZone = table.Text("lineItem/AvailabilityZone");
    private readonly TextColumn _resourceId = table.Text("lineItem/ResourceId");
    private readonly NumberColumn _usageAmount = table.Number("lineItem/UsageAmount");
    private readonly CurrencyColumn _currency = new(table, "lineItem/CurrencyCode");
    private readonly NumberColumn _unblendedCost = table.Number("lineItem/UnblendedCost");
    private readonly TextColumn _description = table.Text("lineItem/LineItemDescription");
    private readonly TextColumn _productName = table.Text("product/ProductName");
    private readonly TextColumn _region = table.Text("product/region");
    private readonly TextColumn _regionCode = table.Text("product/regionCode");
    private readonly TextColumn _sku = table.Text("product/sku");
    private readonly TextColumn _rateCode = table.Text("pricing/RateCode");
    private readonly TextColumn _pricingUnit = table.Text("pricing/unit");
    private readonly NumberColumn _publicOnDemandCost = table.Number("pricing/publicOnDemandCost");
    private readonly NumberColumn _publicOnDemandRate = table.Number("pricing/publicOnDemandRate");

    // What other plugins want to know although FOCUS has no column for it.
    private readonly (string Name, TextColumn Column)[] _extensions =
    [
        ("x_LineItemType", table.Text("lineItem/LineItemType")), ("x_ServiceCode", table.Text("lineItem/ProductCode")),
        ("x_UsageType", table.Text("lineItem/UsageType")), ("x_Operation", table.Text("lineItem/Operation")),
        ("x_InstanceType", table.Text("product/instanceType")), ("x_ProductFamily", table.Text("product/productFamily")),
    ];

    private readonly (string Key, TextColumn Column)[] _tags = CurTags.Find(table);

    public TextColumn LineItemType { get; } = table.Text("lineItem/LineItemType");

    public TextColumn UsageType { get; } = table.Text("lineItem/UsageType");

    public TextColumn ReservationArn { get; } = table.Text("reservation/ReservationARN");

    public NumberColumn ReservationEffectiveCost { get; } = table.Number("reservation/EffectiveCost");

    public NumberColumn UnusedAmortizedFee { get; } = table.Number("reservation/UnusedAmortizedUpfrontFeeForBillingPeriod");

    public NumberColumn UnusedRecurringFee { get; } = table.Number("reservation/UnusedRecurringFee");

    public TextColumn SavingsPlanArn { get; } = table.Text("savingsPlan/SavingsPlanARN");

    public NumberColumn SavingsPlanEffectiveCost { get; } = table.Number("savingsPlan/SavingsPlanEffectiveCost");

    public NumberColumn SavingsPlanCommitment { get; } = table.Number("savingsPlan/TotalCommitmentToDate");

    public NumberColumn SavingsPlanUsedCommitment { get; } = table.Number("savingsPlan/UsedCommitment");

    /// <summary>The charge without what depends on its kind; null where it has no date and was reported.</summary>
    public CostRecord? Read()
    {
        if (_usageStart.Required is not { } start) return null;
        var code = _productCode.Value;
        var service = AwsServices.Find(code);
        return new CostRecord
        {
            AvailabilityZone = _availabilityZone.Value,
            BilledCost = _unblendedCost.Value,
            BillingAccountId = _payerAccountId.Value,
            BillingCurrency = _currency.Value,
            BillingPeriodEnd = _billingPeriodEnd.Value,
            BillingPeriodStart = _billingPeriodStart.Value,
            ChargeDescription = _description.Value,
            ChargePeriodEnd = _usageEnd.Value,
            ChargePeriodStart = start,
            InvoiceId = _invoiceId.Value,
            InvoiceIssuerName = _invoicingEntity.Value ?? "Amazon Web Services, Inc.",
            ListCost = _publicOnDemandCost.Value,
            ListUnitPrice = _publicOnDemandRate.Value,
            PricingQuantity = _usageAmount.Value,
            PricingUnit = _pricingUnit.Value,
            ProviderName = "AWS",
            PublisherName = "AWS",
            RegionId = _region.Value ?? _regionCode.Value,
            ResourceId = _resourceId.Value,
            ServiceCategory = service?.ServiceCategory ?? "Other",
            ServiceName = _productName.Value ?? code,
            ServiceSubcategory = service is null ? "Other (Other)" : service.ServiceSubcategory,
            SkuId = _sku.Value,
            SkuPriceId = _rateCode.Value,
            SubAccountId = _usageAccountId.Value,
            Tags = Collect(_tags),
            Extensions = Collect(_extensions),
            SourceLine = table.Line,
        };
    }

    /// <summary>Reports a kind of charge that this adapter does not know.</summary>
    public void ReportUnknownType(string? type) => table.Report(
        LineItemType.Name, FindingCodes.UnknownValue, $"'{type}' is no known kind of charge; its effective cost is taken to be its billed cost.");

    private static IReadOnlyDictionary<string, string> Collect((string Key, TextColumn Column)[] columns)
    {
        Dictionary<string, string>? values = null;
        foreach (var (key, column) in columns)
            if (column.Value is { } value) (values ??= [])[key] = value;
        return values ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty;
    }
}
