using System.Globalization;
using System.Text.Json;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>csg over every real FOCUS and AWS file, in each of the three series, against answers that were computed independently: to the last digit.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class AnswersTests
{
    private static IEnumerable<string> Files => SharedData.FilesOf("focus", "aws-cur");

    [Test, CancelAfter(180_000)]
    public async Task Analyze_AllCharges_EqualsTheAnswer([ValueSource(nameof(Files))] string file, CancellationToken deadline)
    {
        foreach (var (actual, expected, alerts) in await AnalyzeAsync(file, "EffectiveCost", "all", deadline))
        {
            actual.GetProperty("rowCount").GetInt64().Should().Be(expected.GetProperty("rows").GetInt64());
            Amounts(actual.GetProperty("totals")).Should().Be(AnswerAmounts(expected));
            Groups(actual, "byService").Should().BeEquivalentTo(AnswerGroups(expected, "byServiceName"));
            Groups(actual, "byChargeCategory").Should().BeEquivalentTo(AnswerGroups(expected, "byChargeCategory"));
            Groups(actual, "daily", "date").Should().Equal(AnswerGroups(expected, "byDay"));
            CheckSeries(actual, expected.GetProperty("dailyEffectiveCost_allCharges"), "effectiveCost", alerts);
        }
    }

    [Test, CancelAfter(180_000)]
    public async Task Analyze_BilledCost_EqualsTheAnswer([ValueSource(nameof(Files))] string file, CancellationToken deadline)
    {
        foreach (var (actual, expected, alerts) in await AnalyzeAsync(file, "BilledCost", "all", deadline))
            CheckSeries(actual, expected.GetProperty("dailyBilledCost_allCharges"), "billedCost", alerts);
    }

    [Test, CancelAfter(180_000)]
    public async Task Analyze_UsageOnly_EqualsTheAnswer([ValueSource(nameof(Files))] string file, CancellationToken deadline)
    {
        foreach (var (actual, expected, alerts) in await AnalyzeAsync(file, "EffectiveCost", "usage", deadline))
            CheckSeries(actual, expected.GetProperty("dailyEffectiveCost_usageOnly_excludingUnused"), "effectiveCost", alerts);
    }

    private static async Task<List<(JsonElement Actual, JsonElement Expected, List<JsonElement> Alerts)>> AnalyzeAsync(
        string file, string metric, string charges, CancellationToken deadline)
    {
        var path = SharedData.Find(file);
        var name = Path.GetFileName(file).Split(".csv")[0] + ".json";
        using var answer = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Find($"answers/{Path.GetDirectoryName(file)}/{name}"), deadline));
        using var directory = new TemporaryDirectory();

        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "analyze", path, "--plugins", Paths.Plugins, "--metric", metric, "--charges", charges,
            "--set", "cost-anomaly-detector.minimum_amount=0", "--output", "json");

        run.ExitCode.Should().Be(0, run.Error);
        run.Json.GetProperty("faults").EnumerateArray().Should().BeEmpty();
        var analyses = run.Json.GetProperty("analyses").EnumerateArray().ToDictionary(static a => a.GetProperty("currency").GetString()!);
        var currencies = answer.RootElement.GetProperty("perCurrency").Clone().EnumerateObject().ToList();
        analyses.Keys.Should().BeEquivalentTo(currencies.Select(static c => c.Name));
        return [.. currencies.Select(c => (analyses[c.Name], c.Value, AlertsOf(run.Json, c.Name)))];
    }

    private static List<JsonElement> AlertsOf(JsonElement report, string currency) => [.. report.GetProperty("alerts").EnumerateArray()
        .Where(a => a.GetProperty("type").GetString() == "CostSpikeDetected" && a.GetProperty("currency").GetString() == currency)];

    private static void CheckSeries(JsonElement actual, JsonElement expected, string cost, List<JsonElement> alerts)
    {
        actual.GetProperty("daily").EnumerateArray().Select(d => (d.GetProperty("date").GetString()!, d.GetProperty(cost).GetString()!))
            .Should().Equal(expected.GetProperty("days").EnumerateObject().Select(static d => (d.Name, d.Value.GetString()!)));
        alerts.Select(static a => (Text(a, "date"), Text(a, "baseline"), Text(a, "observed"), Percent(Text(a, "changeRatio"))))
            .Should().Equal(expected.GetProperty("spikesOver25Percent").EnumerateArray()
                .Select(static s => (Text(s, "day"), Text(s, "previous"), Text(s, "current"),
                    decimal.Parse(Text(s, "changePercent"), CultureInfo.InvariantCulture))));
    }

    private static decimal Percent(string ratio) => Math.Round(decimal.Parse(ratio, CultureInfo.InvariantCulture) * 100m, 4);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static (string, string, string) Amounts(JsonElement e) => (Text(e, "billedCost"), Text(e, "effectiveCost"), Text(e, "listCost"));

    private static (string, string, string) AnswerAmounts(JsonElement e) => (Text(e, "BilledCost"), Text(e, "EffectiveCost"), Text(e, "ListCost"));

    private static IEnumerable<(string, long, (string, string, string))> Groups(JsonElement analysis, string name, string key = "key")
        => analysis.GetProperty(name).EnumerateArray().Select(g => (Text(g, key), g.GetProperty("rows").GetInt64(), Amounts(g)));

    private static IEnumerable<(string, long, (string, string, string))> AnswerGroups(JsonElement answer, string name)
        => answer.GetProperty(name).EnumerateObject().Select(static g => (g.Name, g.Value.GetProperty("rows").GetInt64(), AnswerAmounts(g.Value)));
}
