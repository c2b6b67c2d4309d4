using System.Globalization;
using System.Text.Json;
using CloudSage.Plugins;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Optimization;
using CloudSage.Samples.AwsCur;
using CloudSage.Samples.Reservations;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Samples;

public sealed class ReservationPlannerTests
{
    [TestCase("aws-cur-2018-10-17_18.csv", "aws-cur-2018-10-17_18.json")]
    [TestCase("aws-cur-2018-12.csv.gz", "aws-cur-2018-12.json")]
    public async Task Candidates_of_real_reports_equal_the_answers_to_the_last_digit(string file, string answerFile)
    {
        using var answers = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Find("answers", "aws-cur", answerFile)));
        var expected = answers.RootElement.GetProperty("reservationCandidates");
        var (records, _) = await BillingTotals.ReadAllAsync(new AwsCurAdapter(), SharedData.Find("aws-cur", file));

        var proposals = await Plan(records);

        proposals.Select(proposal => proposal.ResourceId).Should().BeEquivalentTo(expected.GetProperty("candidates").EnumerateArray().Select(id => id.GetString()));
        foreach (var resource in expected.GetProperty("resources").EnumerateArray().Where(resource => resource.GetProperty("candidate").GetBoolean()))
        {
            var proposal = proposals.Single(proposal => proposal.ResourceId == resource.GetProperty("resourceId").GetString());
            var measured = proposal.Current.Attributes;
            proposal.Current.Type.Should().Be(resource.GetProperty("instanceType").GetString());
            proposal.RegionId.Should().Be(resource.GetProperty("region").GetString());
            measured["period_hours"].Should().Be(expected.GetProperty("periodHours").GetString());
            measured["hours"].Should().Be(resource.GetProperty("hours").GetString());
            measured["on_demand_hours"].Should().Be(resource.GetProperty("onDemandHours").GetString());
            measured["reserved_hours"].Should().Be(resource.GetProperty("reservedHours").GetString());
            measured["on_demand_cost"].Should().Be(resource.GetProperty("onDemandCost").GetString());
            decimal.Round(decimal.Parse(measured["usage_ratio"], CultureInfo.InvariantCulture), 4).ToString("0.####", CultureInfo.InvariantCulture)
                .Should().Be(resource.GetProperty("usageRatio").GetString());
        }
    }

    [Test]
    public async Task Without_a_discount_the_savings_are_unknown_and_with_one_they_are_exact()
    {
        CostRecord[] records = [.. Hours("i-1", 24, 0.1m)];

        var unknown = (await Plan(records)).Should().ContainSingle().Subject;
        var known = (await Plan(records, ("reservation_discount", "0.4"))).Should().ContainSingle().Subject;

        unknown.EstimatedMonthlyCost!.Value.Amount.Should().BeApproximately(73m, 0.0000001m);
        unknown.Should().Match<OptimizationRecommendation>(r => r.EstimatedMonthlySavings == null && r.SavingsRatio == null && r.LookbackDays == 1);
        unknown.Reasons.Should().Contain("It ran 24 of 24 hours (100.0 %).").And.Contain("Reservations covered 0.0 % of its hours.");
        known.EstimatedMonthlySavings!.Value.Amount.Should().BeApproximately(29.2m, 0.0000001m);
        known.SavingsRatio.Should().Be(0.4m);
        known.RecommendationId.Should().Be(unknown.RecommendationId);
    }

    [TestCase(17, true)]
    [TestCase(16, false)]
    public async Task Only_instances_above_the_usage_ratio_are_proposed(int hours, bool proposed)
        => (await Plan([.. Hours("i-1", hours, 0.1m)])).Should().HaveCount(proposed ? 1 : 0);

    [Test]
    public async Task An_instance_that_is_reserved_for_half_of_its_hours_is_left_alone()
    {
        var records = Hours("i-1", 24, 0.1m).Select((record, i) => i % 2 == 0 ? record : record with { CommitmentDiscountId = "arn:ri" });

        (await Plan([.. records])).Should().BeEmpty();
    }

    [Test]
    public async Task Currencies_are_never_mixed()
    {
        CostRecord[] records = [.. Hours("i-1", 24, 0.1m), .. Hours("i-1", 24, 9m).Select(record => record with { BillingCurrency = "EUR" })];

        (await Plan(records)).Select(proposal => proposal.EstimatedMonthlyCost!.Value.Currency).Should().BeEquivalentTo("USD", "EUR");
    }

    [Test]
    public async Task Focus_records_name_the_instance_type_in_their_price_details_and_requests_may_ask_for_some_kinds_alone()
    {
        CostRecord[] records = [.. Hours("vm-1", 24, 0.1m).Select(record => record with
        {
            Extensions = new Dictionary<string, string>(), ConsumedUnit = "Hours", SkuPriceDetails = """{"InstanceType":"Standard_D4s_v5"}""",
        })];

        (await Plan(records)).Should().ContainSingle().Which.Current.Type.Should().Be("Standard_D4s_v5");
        (await new ReservationPlanner(new FixedCosts(records), Context(), new FakeTimeProvider())
            .OptimizeAsync(new OptimizationRequest { RunId = "r", ResourceTypes = ["rds"] }, CancellationToken.None).ToListAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task No_charges_give_no_proposals() => (await Plan([])).Should().BeEmpty();

    private static IEnumerable<CostRecord> Hours(string id, int hours, decimal cost) => Enumerable.Range(0, hours).Select(hour => new CostRecord
    {
        BillingCurrency = "USD",
        BilledCost = cost,
        ChargeCategory = ChargeCategory.Usage,
        ChargePeriodStart = new DateTimeOffset(2026, 5, 1, hour, 0, 0, TimeSpan.Zero),
        ConsumedQuantity = 1,
        ConsumedUnit = "Hrs",
        ResourceId = id,
        Extensions = new Dictionary<string, string> { ["x_InstanceType"] = "m5.large", ["x_UsageType"] = "EU-BoxUsage:m5.large" },
    });

    private static async Task<List<OptimizationRecommendation>> Plan(IReadOnlyList<CostRecord> records, params (string Key, string Value)[] settings)
        => await new ReservationPlanner(new FixedCosts(records), Context(settings), new FakeTimeProvider())
            .OptimizeAsync(new OptimizationRequest { RunId = "r" }, CancellationToken.None).ToListAsync();

    private static PluginContext Context(params (string Key, string Value)[] settings) => new(
        "reservation-planner", "1.0.0", new PluginSettings(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))), ".", ".", CancellationToken.None);

    private sealed class FixedCosts(IReadOnlyList<CostRecord> records) : ICostDataReader
    {
        public IAsyncEnumerable<CostRecord> ReadAsync(CostDataQuery query, CancellationToken cancellationToken) => records.ToAsyncEnumerable();
    }
}
