using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Costs;
using CloudSage.Samples.AwsCur;

namespace CloudSage.UnitTests.Samples;

/// <summary>Real AWS reports, translated and summed, against answers computed independently with exact decimals.</summary>
public sealed class AwsCurAnswersTests
{
    [TestCase("aws-cur-2018-10-17_18.csv")]
    [TestCase("aws-cur-2018-12.csv.gz")]
    [TestCase("aws-cur-legacy-2023-11-01_07.csv")]
    public Task Totals_equal_the_answers_to_the_last_digit(string file)
        => BillingTotals.CompareWithAnswersAsync(new AwsCurAdapter(), "aws-cur", file);

    [Test]
    public void Every_file_of_the_folder_is_among_the_cases()
    {
        var cases = typeof(AwsCurAnswersTests).GetMethod(nameof(Totals_equal_the_answers_to_the_last_digit))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false).Cast<TestCaseAttribute>().Select(test => (string)test.Arguments[0]!);

        Directory.GetFiles(SharedData.Find("aws-cur")).Select(Path.GetFileName).Should().BeEquivalentTo(cases);
    }

    [Test]
    public async Task Used_and_unused_parts_of_reservations_equal_the_answers()
    {
        var (records, findings) = await BillingTotals.ReadAllAsync(new AwsCurAdapter(), SharedData.Find("aws-cur", "aws-cur-2018-12.csv.gz"));

        decimal Sum(CommitmentStatus status) => records.Where(record => record.CommitmentDiscountStatus == status).Sum(record => record.EffectiveCost ?? 0);
        Sum(CommitmentStatus.Used).Should().Be(230.89553138m);
        Sum(CommitmentStatus.Unused).Should().Be(52.87524292m);
        findings.Should().BeEmpty();
    }

    [TestCase("aws-cur-2018-12.csv.gz", "AWS CUR CSV with Athena column names")]
    [TestCase("aws-cur-legacy-2023-11-01_07.csv", "AWS CUR CSV")]
    public async Task Recognize_Report_NamesItsColumnStyle(string file, string format)
    {
        var match = await new AwsCurAdapter().RecognizeAsync(new CostSource(file, SharedData.Find("aws-cur", file)), CancellationToken.None);

        match.Should().Be(new CostSourceMatch(1m, format, "Every usual column is there."));
    }

    [TestCase("focus", "focus-1.2-synthetic-aws.csv")]
    [TestCase("azure", "azure-ea-cad-2023-09.csv")]
    public async Task Recognize_OtherBillingFile_SaysWhyNot(string folder, string file)
    {
        var match = await new AwsCurAdapter().RecognizeAsync(new CostSource(file, SharedData.Find(folder, file)), CancellationToken.None);

        match.Confidence.Should().Be(0);
        match.Reason.Should().StartWith("The header has no lineItem/LineItemType, lineItem/UsageStartDate, lineItem/UnblendedCost");
    }
}
