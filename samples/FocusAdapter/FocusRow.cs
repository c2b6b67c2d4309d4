using System.Collections.ObjectModel;
using CloudSage.Plugins.Costs;
using CloudSage.Samples.BillingFiles;

namespace CloudSage.Samples.Focus;

/// <summary>Makes a record of the table's current row: the columns of FOCUS 1.2 by name, every other column as an extension.</summary>
internal sealed class FocusRow(BillingTable table)
{
    private readonly TextColumn _availabilityZone = table.Text("AvailabilityZone");
    private readonly NumberColumn _billedCost = table.Number("BilledCost");
    private readonly TextColumn _billingAccountId = table.Text("BillingAccountId");
    private readonly TextColumn _billingAccountName = table.Text("BillingAccountName");
    private readonly TextColumn _billingAccountType = table.Text("BillingAccountType");
    private readonly CurrencyColumn _billingCurrency = new(table, "BillingCurrency");
    private readonly DateColumn _billingPeriodEnd = table.Date("BillingPeriodEnd");
    private readonly DateColumn _billingPeriodStart = table.Date("BillingPeriodStart");
    private readonly TextColumn _capacityReservationId = table.Text("CapacityReservationId");
    private readonly ChoiceColumn<CommitmentStatus> _capacityReservationStatus = table.Choice("CapacityReservationStatus", FocusChoices.CommitmentStatuses);
    private readonly ChoiceColumn<ChargeCategory> _chargeCategory = table.Choice("ChargeCategory", FocusChoices.ChargeCategories);
    private readonly ChoiceColumn<ChargeClass> _chargeClass = table.Choice("ChargeClass", FocusChoices.ChargeClasses);
    private readonly TextColumn _chargeDescription = table.Text("ChargeDescription");
    private readonly ChoiceColumn<ChargeFrequency> _chargeFrequency = table.Choice("ChargeFrequency", FocusChoices.ChargeFrequencies);
    private readonly DateColumn _chargePeriodEnd = table.Date("ChargePeriodEnd");
    private readonly DateColumn _chargePeriodStart = table.Date("ChargePeriodStart");
    private readonly ChoiceColumn<CommitmentDiscountCategory> _commitmentDiscountCategory = table.Choice("CommitmentDiscountCategory", FocusChoices.CommitmentDiscountCategories);
    private readonly TextColumn _commitmentDiscountId = table.Text("CommitmentDiscountId");
    private readonly TextColumn _commitmentDiscountName = table.Text("CommitmentDiscountName");
    private readonly NumberColumn _commitmentDiscountQuantity = table.Number("CommitmentDiscountQuantity");
    private readonly ChoiceColumn<CommitmentStatus> _commitmentDiscountStatus = table.Choice("CommitmentDiscountStatus", FocusChoices.CommitmentStatuses);
    private readonly TextColumn _commitmentDiscountType = table.Text("CommitmentDiscountType");
    private readonly TextColumn _commitmentDiscountUnit = table.Text("CommitmentDiscountUnit");
    private readonly NumberColumn _consumedQuantity = table.Number("ConsumedQuantity");
    private readonly TextColumn _consumedUnit = table.Text("ConsumedUnit");
    private readonly NumberColumn _contractedCost = table.Number("ContractedCost");
    private readonly NumberColumn _contractedUnitPrice = table.Number("ContractedUnitPrice");
    private readonly NumberColumn _effectiveCost = table.Number("EffectiveCost");
    private readonly TextColumn _invoiceId = table.Text("InvoiceId");
    private readonly TextColumn _invoiceIssuerName = table.Text("InvoiceIssuerName");
    private readonly NumberColumn _listCost = table.Number("ListCost");
    private readonly NumberColumn _listUnitPrice = table.Number("ListUnitPrice");
    private readonly ChoiceColumn<PricingCategory> _pricingCategory = table.Choice("PricingCategory", FocusChoices.PricingCategories);
    private readonly TextColumn _pricingCurrency = table.Text("PricingCurrency");
    private readonly NumberColumn _pricingCurrencyContractedUnitPrice = table.Number("PricingCurrencyContractedUnitPrice");
    private readonly NumberColumn _pricingCurrencyEffectiveCost = table.Number("PricingCurrencyEffectiveCost");
    private readonly NumberColumn _pricingCurrencyListUnitPrice = table.Number("PricingCurrencyListUnitPrice");
    private readonly NumberColumn _pricingQuantity = table.Number("PricingQuantity");
    private readonly TextColumn _pricingUnit = table.Text("PricingUnit");
    private readonly TextColumn _providerName = table.Text("ProviderName");
    private readonly TextColumn _publisherName = table.Text("PublisherName");
    private readonly TextColumn _regionId = table.Text("RegionId");
    private readonly TextColumn _regionName = table.Text("RegionName");
    private readonly TextColumn _resourceId = table.Text("ResourceId");
    private readonly TextColumn _resourceName = table.Text("ResourceName");
    private readonly TextColumn _resourceType = table.Text("ResourceType");
    private readonly TextColumn _serviceCategory = table.Text("ServiceCategory");
    private readonly TextColumn _serviceName = table.Text("ServiceName");
    private readonly TextColumn _serviceSubcategory = table.Text("ServiceSubcategory");
    private readonly TextColumn _skuId = table.Text("SkuId");
    private readonly TextColumn _skuMeter = table.Text("SkuMeter");
    private readonly TextColumn _skuPriceDetails = table.Text("SkuPriceDetails");
    private readonly TextColumn _skuPriceId = table.Text("SkuPriceId");
    private readonly TextColumn _subAccountId = table.Text("SubAccountId");
    private readonly TextColumn _subAccountName = table.Text("SubAccountName");
    private readonly TextColumn _subAccountType = table.Text("SubAccountType");
    private readonly TagsColumn _tags = new(table, "Tags");

    // FOCUS 1.3 renamed two columns and 1.4 dropped the old names. Found after Rest, so that they stay extensions as well.
    private readonly IReadOnlyList<TextColumn> _extensions = table.Rest();
    private readonly TextColumn _serviceProviderName = table.Text("ServiceProviderName");
    private readonly TextColumn _hostProviderName = table.Text("HostProviderName");

    /// <summary>The row's record; null where it has no date and was reported.</summary>
    public CostRecord? Read()
    {
        if (_chargePeriodStart.Required is not { } start) return null;
        var record = new CostRecord
        {
            AvailabilityZone = _availabilityZone.Value,
            BilledCost = _billedCost.Value,
            BillingAccountId = _billingAccountId.Value,
            BillingAccountName = _billingAccountName.Value,
            BillingAccountType = _billingAccountType.Value,
            BillingCurrency = _billingCurrency.Value,
            BillingPeriodEnd = _billingPeriodEnd.Value,
            BillingPeriodStart = _billingPeriodStart.Value,
            CapacityReservationId = _capacityReservationId.Value,
            CapacityReservationStatus = _capacityReservationStatus.Value,
            ChargeCategory = _chargeCategory.Value,
            ChargeClass = _chargeClass.Value,
            ChargeDescription = _chargeDescription.Value,
            ChargeFrequency = _chargeFrequency.Value,
            ChargePeriodEnd = _chargePeriodEnd.Value,
            ChargePeriodStart = start,
            CommitmentDiscountCategory = _commitmentDiscountCategory.Value,
            CommitmentDiscountId = _commitmentDiscountId.Value,
            CommitmentDiscountName = _commitmentDiscountName.Value,
            CommitmentDiscountQuantity = _commitmentDiscountQuantity.Value,
            CommitmentDiscountStatus = _commitmentDiscountStatus.Value,
            CommitmentDiscountType = _commitmentDiscountType.Value,
            CommitmentDiscountUnit = _commitmentDiscountUnit.Value,
            ConsumedQuantity = _consumedQuantity.Value,
            ConsumedUnit = _consumedUnit.Value,
            ContractedCost = _contractedCost.Value,
            ContractedUnitPrice = _contractedUnitPrice.Value,
            EffectiveCost = _effectiveCost.Value,
            InvoiceId = _invoiceId.Value,
            InvoiceIssuerName = _invoiceIssuerName.Value,
            ListCost = _listCost.Value,
            ListUnitPrice = _listUnitPrice.Value,
            PricingCategory = _pricingCategory.Value,
            PricingCurrency = _pricingCurrency.Value,
            PricingCurrencyContractedUnitPrice = _pricingCurrencyContractedUnitPrice.Value,
            PricingCurrencyEffectiveCost = _pricingCurrencyEffectiveCost.Value,
            PricingCurrencyListUnitPrice = _pricingCurrencyListUnitPrice.Value,
            PricingQuantity = _pricingQuantity.Value,
            PricingUnit = _pricingUnit.Value,
            ProviderName = _providerName.Value ?? _serviceProviderName.Value,
            PublisherName = _publisherName.Value ?? _hostProviderName.Value,
            RegionId = _regionId.Value,
            RegionName = _regionName.Value,
            ResourceId = _resourceId.Value,
            ResourceName = _resourceName.Value,
            ResourceType = _resourceType.Value,
            ServiceCategory = _serviceCategory.Value,
            ServiceName = _serviceName.Value,
            ServiceSubcategory = _serviceSubcategory.Value,
            SkuId = _skuId.Value,
            SkuMeter = _skuMeter.Value,
            SkuPriceDetails = _skuPriceDetails.Value,
            SkuPriceId = _skuPriceId.Value,
            SubAccountId = _subAccountId.Value,
            SubAccountName = _subAccountName.Value,
            SubAccountType = _subAccountType.Value,
            Tags = _tags.Value,
            Extensions = Extensions(),
            SourceLine = table.Line,
        };
        Check(record);
        return record;
    }

    private IReadOnlyDictionary<string, string> Extensions()
    {
        Dictionary<string, string>? extensions = null;
        foreach (var column in _extensions)
            if (column.Value is { } value) (extensions ??= new(StringComparer.OrdinalIgnoreCase))[column.Name] = value;
        return extensions ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty;
    }

    private void Check(CostRecord record)
    {
        if (record is { ChargeCategory: ChargeCategory.Usage, CommitmentDiscountId: null, EffectiveCost: 0, BilledCost: { } billed and not 0 })
            table.Report("EffectiveCost", FindingCodes.DoubtfulEffectiveCost, $"Usage is billed {billed} but costs effectively 0: the source may have rounded it.");
    }
}
