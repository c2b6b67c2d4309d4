using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Costs;
using CloudSage.Samples.AwsCur;

namespace CloudSage.UnitTests.Samples;

/// <summary>What each kind of line item becomes, and what awkward rows give.</summary>
public sealed class AwsCurAdapterTests
{
    private const string Header = "lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UnblendedCost,lineItem/CurrencyCode,lineItem/ProductCode,lineItem/UsageType,"
        + "lineItem/UsageAmount,pricing/unit,reservation/ReservationARN,reservation/EffectiveCost,reservation/UnusedAmortizedUpfrontFeeForBillingPeriod,"
        + "reservation/UnusedRecurringFee,savingsPlan/SavingsPlanARN,savingsPlan/SavingsPlanEffectiveCost,savingsPlan/TotalCommitmentToDate,"
        + "savingsPlan/UsedCommitment,resourceTags/user:Owner,product/instanceType";

    [Test]
    public async Task Usage_costs_effectively_what_it_is_billed()
    {
        var record = (await Translate("Usage,2026-05-01T03:00:00Z,0.5,USD,AmazonEC2,BoxUsage:m5.large,1,Hrs,,,,,,,,,ada,m5.large")).Should().ContainSingle().Subject;

        record.Should().Match<CostRecord>(r => r.ChargeCategory == ChargeCategory.Usage && r.BilledCost == 0.5m && r.EffectiveCost == 0.5m
            && r.PricingCategory == PricingCategory.Standard && r.ConsumedQuantity == 1 && r.ConsumedUnit == "Hrs"
            && r.ServiceName == "AmazonEC2" && r.ServiceCategory == "Compute" && r.ServiceSubcategory == "Virtual Machines");
        record.Tags.Should().BeEquivalentTo(new Dictionary<string, string> { ["Owner"] = "ada" });
        record.Extensions.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["x_LineItemType"] = "Usage", ["x_ServiceCode"] = "AmazonEC2", ["x_UsageType"] = "BoxUsage:m5.large", ["x_InstanceType"] = "m5.large",
        });
    }

    [Test]
    public async Task A_reservation_fee_is_a_purchase_and_its_unused_part_a_second_record()
    {
        var records = await Translate("RIFee,2026-05-01,22.32,USD,AmazonEC2,HeavyUsage:c4.large,744,,arn:ri,0,22.3369863,22.32,,,,,,");

        records.Should().HaveCount(2);
        records[0].Should().Match<CostRecord>(r => r.ChargeCategory == ChargeCategory.Purchase && r.BilledCost == 22.32m && r.EffectiveCost == 0
            && r.CommitmentDiscountId == "arn:ri" && r.CommitmentDiscountStatus == null);
        records[1].Should().Match<CostRecord>(r => r.ChargeCategory == ChargeCategory.Usage && r.BilledCost == 0 && r.EffectiveCost == 44.6569863m
            && r.CommitmentDiscountId == "arn:ri" && r.CommitmentDiscountStatus == CommitmentStatus.Unused);
    }

    [Test]
    public async Task A_reservation_that_was_used_up_leaves_no_second_record()
        => (await Translate("RIFee,2026-05-01,22.32,USD,AmazonEC2,HeavyUsage:c4.large,744,,arn:ri,0,0,0,,,,,,")).Should().ContainSingle();

    [Test]
    public async Task Reserved_usage_costs_what_the_reservation_costs()
        => (await Translate("DiscountedUsage,2026-05-01,0,USD,AmazonEC2,BoxUsage:c4.large,1,Hrs,arn:ri,0.06,,,,,,,,")).Should().ContainSingle()
            .Which.Should().Match<CostRecord>(r => r.BilledCost == 0 && r.EffectiveCost == 0.06m && r.CommitmentDiscountId == "arn:ri"
                && r.CommitmentDiscountStatus == CommitmentStatus.Used && r.PricingCategory == PricingCategory.Committed);

    [Test]
    public async Task A_savings_plan_bills_once_and_its_negation_vanishes()
    {
        var records = await Translate(
            "SavingsPlanCoveredUsage,2026-05-01,0.10,USD,AmazonEC2,BoxUsage,1,Hrs,,,,,arn:sp,0.07,,,,",
            "SavingsPlanNegation,2026-05-01,-0.10,USD,AmazonEC2,BoxUsage,1,Hrs,,,,,arn:sp,,,,,",
            "SavingsPlanRecurringFee,2026-05-01,0.09,USD,ComputeSavingsPlans,ComputeSP,1,,,,,,arn:sp,,0.09,0.07,,");

        records.Should().HaveCount(3);
        records.Sum(record => record.BilledCost).Should().Be(0.09m);
        records.Sum(record => record.EffectiveCost).Should().Be(0.09m);
        records.Select(record => record.CommitmentDiscountStatus).Should().Equal(CommitmentStatus.Used, null, CommitmentStatus.Unused);
    }

    [TestCase("Tax", ChargeCategory.Tax)]
    [TestCase("Credit", ChargeCategory.Credit)]
    [TestCase("Refund", ChargeCategory.Adjustment)]
    [TestCase("EdpDiscount", ChargeCategory.Adjustment)]
    [TestCase("Fee", ChargeCategory.Purchase)]
    public async Task Other_line_items_cost_what_they_are_billed(string type, ChargeCategory category)
        => (await Translate($"{type},2026-05-01,-2.5,USD,AmazonEC2,,1,,,,,,,,,,,")).Should().ContainSingle()
            .Which.Should().Match<CostRecord>(r => r.ChargeCategory == category && r.BilledCost == -2.5m && r.EffectiveCost == -2.5m);

    [TestCase("Surprise,2026-05-01,1,USD,AmazonEC2,,1,,,,,,,,,,,", "lineItem/LineItemType", "unknown-value", false)]
    [TestCase("Usage,2026-05-01,one,USD,AmazonEC2,,1,,,,,,,,,,,", "lineItem/UnblendedCost", "invalid-number", false)]
    [TestCase("Usage,soon,1,USD,AmazonEC2,,1,,,,,,,,,,,", "lineItem/UsageStartDate", "invalid-date", true)]
    [TestCase("Usage,2026-05-01,1,,AmazonEC2,,1,,,,,,,,,,,", "lineItem/CurrencyCode", "missing-currency", false)]
    public async Task An_awkward_row_is_one_finding_with_line_and_column(string row, string column, string code, bool skipped)
    {
        var (records, findings) = await BillingText.ReadAsync(new AwsCurAdapter(), $"{Header}\n{row}\n");

        findings.Should().ContainSingle().Which.Should().Match<Plugins.Analysis.DataQualityFinding>(finding
            => finding.Line == 2 && finding.Column == column && finding.Code == code && finding.RowSkipped == skipped);
        records.Should().HaveCount(skipped ? 0 : 1);
    }

    [Test]
    public async Task The_catalogue_maps_service_codes_to_categories_and_no_credentials_are_needed()
    {
        ICloudAdapter adapter = new AwsCurAdapter();

        var services = await adapter.GetServiceCatalogAsync(CancellationToken.None).ToListAsync();
        var check = await adapter.CheckCredentialsAsync(new CloudCredentials("AWS", "access-key"), CancellationToken.None);

        services.Should().OnlyHaveUniqueItems(service => service.ProviderServiceCode);
        services.Should().Contain(service => service.ProviderServiceCode == "AmazonRDS" && service.ServiceSubcategory == "Relational Databases");
        check.Status.Should().Be(CredentialStatus.NotNeeded);
    }

    [Test]
    public async Task Every_category_of_the_catalogue_is_a_pair_that_FOCUS_allows()
    {
        using var focus = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Find("catalog", "focus-1.2-columns.json")));
        var allowed = focus.RootElement.GetProperty("serviceSubcategories").EnumerateArray().Select(pair => (pair[0].GetString(), pair[1].GetString())).ToHashSet();

        var services = await new AwsCurAdapter().GetServiceCatalogAsync(CancellationToken.None).ToListAsync();

        services.Should().OnlyContain(service => allowed.Contains(new ValueTuple<string?, string?>(service.ServiceCategory, service.ServiceSubcategory)));
    }

    private static async Task<List<CostRecord>> Translate(params string[] rows)
    {
        var (records, findings) = await BillingText.ReadAsync(new AwsCurAdapter(), $"{Header}\n{string.Join('\n', rows)}\n");
        findings.Should().BeEmpty();
        return records;
    }
}
