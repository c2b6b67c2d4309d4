using System.Globalization;
using System.Text.Json;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Serialization;

namespace CloudSage.UnitTests.Samples;

/// <summary>Sums of a translated file, and the same sums as the answers state them, both as lines of text: "USD/byDay/2024-09-01/BilledCost" = "1.5".</summary>
internal static class BillingTotals
{
    private static readonly string[] Groups = ["byServiceName", "byChargeCategory", "byProvider", "byDay"];

    public static SortedDictionary<string, string> Of(IEnumerable<CostRecord> records)
    {
        var sums = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var currency = record.BillingCurrency == "XXX" ? "(null)" : record.BillingCurrency;
            foreach (var prefix in (string[])
                     [
                         currency,
                         $"{currency}/byServiceName/{record.ServiceName ?? "(null)"}",
                         $"{currency}/byChargeCategory/{record.ChargeCategory?.ToString() ?? "(null)"}",
                         $"{currency}/byProvider/{record.ProviderName ?? "(null)"}",
                         $"{currency}/byDay/{record.ChargePeriodStart.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
                         $"{currency}/topSubAccountIds/{record.SubAccountId ?? "(null)"}",
                     ])
            {
                Add(prefix + "/rows", 1);
                Add(prefix + "/BilledCost", record.BilledCost);
                Add(prefix + "/EffectiveCost", record.EffectiveCost);
                Add(prefix + "/ListCost", record.ListCost);
            }
        }
        return new SortedDictionary<string, string>(sums.ToDictionary(sum => sum.Key, sum => ExactDecimalConverter.Format(sum.Value)), StringComparer.Ordinal);

        void Add(string key, decimal? value) => sums[key] = sums.GetValueOrDefault(key) + (value ?? 0);
    }

    public static SortedDictionary<string, string> Answers(JsonElement answers)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var currency in answers.GetProperty("perCurrency").EnumerateObject())
        {
            Take(currency.Name, currency.Value);
            foreach (var group in Groups)
                foreach (var member in currency.Value.GetProperty(group).EnumerateObject()) Take($"{currency.Name}/{group}/{member.Name}", member.Value);
            foreach (var account in currency.Value.GetProperty("topSubAccountIds").EnumerateArray())
                Take($"{currency.Name}/topSubAccountIds/{account.GetProperty("SubAccountId")}", account);
        }
        return lines;

        void Take(string prefix, JsonElement sums)
        {
            foreach (var name in (string[])["rows", "BilledCost", "EffectiveCost", "ListCost"]) lines[$"{prefix}/{name}"] = sums.GetProperty(name).ToString();
        }
    }

    public static async Task<(List<CostRecord> Records, List<Plugins.Analysis.DataQualityFinding> Findings)> ReadAllAsync(
        ICloudAdapter adapter, string path, CancellationToken cancellationToken = default)
    {
        var read = (Records: new List<CostRecord>(), Findings: new List<Plugins.Analysis.DataQualityFinding>());
        await foreach (var step in adapter.TranslateAsync(new CostSource(Path.GetFileName(path), path), cancellationToken))
        {
            if (step.Record is { } record) read.Records.Add(record);
            if (step.Finding is { } finding) read.Findings.Add(finding);
        }
        return read;
    }

    public static async Task CompareWithAnswersAsync(ICloudAdapter adapter, string folder, string file)
    {
        var answerFile = Path.GetFileNameWithoutExtension(file.EndsWith(".gz", StringComparison.Ordinal) ? file[..^3] : file) + ".json";
        using var answers = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Find("answers", folder, answerFile)));

        var (records, _) = await ReadAllAsync(adapter, SharedData.Find(folder, file));

        records.Should().HaveCount(answers.RootElement.GetProperty("normalisedRows").GetInt32());
        var expected = Answers(answers.RootElement);
        var actual = Of(records);
        // The answers list the first sub-accounts alone; every other group is whole.
        var differences = expected.Keys.Union(actual.Keys.Where(key => !key.Contains("/topSubAccountIds/", StringComparison.Ordinal)))
            .Where(key => expected.GetValueOrDefault(key) != actual.GetValueOrDefault(key))
            .Select(key => $"{key}: expected {expected.GetValueOrDefault(key)}, found {actual.GetValueOrDefault(key)}");
        differences.Should().BeEmpty();
    }
}
