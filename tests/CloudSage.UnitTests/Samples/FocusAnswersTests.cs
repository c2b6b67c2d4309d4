using CloudSage.Plugins.Adapters;
using CloudSage.Samples.Focus;

namespace CloudSage.UnitTests.Samples;

/// <summary>Real FOCUS files, summed, against answers computed independently with exact decimals.</summary>
public sealed class FocusAnswersTests
{
    [TestCase("focus-1.0-multicloud-2024-09-01_15.csv")]
    [TestCase("focus-1.2-synthetic-aws.csv")]
    [TestCase("focus-1.3-synthetic-azure.csv")]
    [TestCase("spec-commitment-purchase_scenario_1.csv")]
    [TestCase("spec-commitment-purchase_scenario_2.csv")]
    [TestCase("spec-commitment-usage_scenario_1.csv")]
    [TestCase("spec-commitment-usage_scenario_2.csv")]
    [TestCase("spec-flex-100pct-without.csv")]
    [TestCase("spec-saas-spend-a1.csv")]
    public Task Totals_equal_the_answers_to_the_last_digit(string file)
        => BillingTotals.CompareWithAnswersAsync(new FocusAdapter(), "focus", file);

    [Test]
    public void Every_file_of_the_folder_is_among_the_cases()
    {
        var cases = typeof(FocusAnswersTests).GetMethod(nameof(Totals_equal_the_answers_to_the_last_digit))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false).Cast<TestCaseAttribute>().Select(test => (string)test.Arguments[0]!);

        Directory.GetFiles(SharedData.Find("focus")).Select(Path.GetFileName).Should().BeEquivalentTo(cases);
    }

    [Test]
    public async Task The_hour_30_of_a_specification_example_is_a_finding_and_costs_nothing()
    {
        var (records, findings) = await BillingTotals.ReadAllAsync(new FocusAdapter(), SharedData.Find("focus", "spec-commitment-purchase_scenario_2.csv"));

        findings.Should().ContainSingle(finding => finding.Line == 4 && finding.Column == "ChargePeriodEnd" && finding.Code == "invalid-date" && !finding.RowSkipped);
        records.Should().HaveCount(3).And.Contain(record => record.SourceLine == 4 && record.ChargePeriodEnd == null && record.BilledCost == 1m);
    }

    [Test]
    public async Task Costs_rounded_away_by_the_source_are_doubted()
    {
        var (_, findings) = await BillingTotals.ReadAllAsync(new FocusAdapter(), SharedData.Find("focus", "focus-1.0-multicloud-2024-09-01_15.csv"));

        findings.Should().OnlyContain(finding => finding.Code == "doubtful-effective-cost").And.HaveCount(259);
    }

    [TestCase("focus-1.0-multicloud-2024-09-01_15.csv", "FOCUS 1.0 CSV", 1)]
    [TestCase("focus-1.2-synthetic-aws.csv", "FOCUS 1.2 CSV", 1)]
    [TestCase("focus-1.3-synthetic-azure.csv", "FOCUS 1.3 CSV", 1)]
    [TestCase("spec-saas-spend-a1.csv", "FOCUS 1.1 CSV", 1)]
    [TestCase("spec-commitment-usage_scenario_1.csv", "FOCUS 1.1 CSV", 0.37)]
    public async Task Recognize_FocusFile_NamesItsVersion(string file, string format, decimal confidence)
    {
        var match = await new FocusAdapter().RecognizeAsync(new CostSource(file, SharedData.Find("focus", file)), CancellationToken.None);

        match.Format.Should().Be(format);
        match.Confidence.Should().Be(confidence);
    }

    [TestCase("aws-cur", "aws-cur-2018-12.csv.gz")]
    [TestCase("azure", "azure-ea-cad-2023-09.csv")]
    [TestCase("gcp", "gcp-billing-export-2020-11.csv")]
    public async Task Recognize_OtherBillingFile_SaysWhyNot(string folder, string file)
    {
        var match = await new FocusAdapter().RecognizeAsync(new CostSource(file, SharedData.Find(folder, file)), CancellationToken.None);

        match.Should().Be(CostSourceMatch.No("The header has no ChargePeriodStart, ChargeCategory, BilledCost."));
    }
}
