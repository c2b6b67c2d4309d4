using System.Globalization;
using System.Runtime.CompilerServices;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace NewPlugin;

/// <summary>Reads bills of one line a day and service: <c>date,service,region,cost,currency</c>.</summary>
public sealed class DailyBill : ICloudAdapter
{
    private const string Header = "date,service,region,cost,currency";

    public async ValueTask<CostSourceMatch> RecognizeAsync(CostSource source, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(source.Location);
        return await reader.ReadLineAsync(cancellationToken) == Header
            ? new CostSourceMatch(1m, "daily bill")
            : CostSourceMatch.No($"Its first line is not '{Header}'.");
    }

    public async IAsyncEnumerable<TranslatedCost> TranslateAsync(
        CostSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        await foreach (var line in File.ReadLinesAsync(source.Location, cancellationToken))
        {
            number++;
            if (number > 1 && line.Length > 0) yield return Translate(line.Split(','), number);
        }
    }

    /// <summary>A row that cannot be read is a finding with its place, and the next one is read all the same.</summary>
    private static TranslatedCost Translate(string[] cells, long line)
    {
        if (cells is not [var date, var service, var region, var cost, { Length: > 0 } currency])
            return new DataQualityFinding(line, null, "wrong-columns", $"Has {cells.Length} cells, and not the five of '{Header}'.", RowSkipped: true);
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DataQualityFinding(line, "date", "not-a-date", $"'{date}' is not a day such as 2030-01-31.", RowSkipped: true);
        if (!decimal.TryParse(cost, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
            return new DataQualityFinding(line, "cost", "not-a-number", $"'{cost}' is not an amount.", RowSkipped: true);

        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return new CostRecord
        {
            ProviderName = "Contoso",
            ServiceName = service,
            RegionId = region,
            ChargePeriodStart = start,
            ChargePeriodEnd = start.AddDays(1),
            ChargeCategory = ChargeCategory.Usage,
            BillingCurrency = currency,
            BilledCost = amount,
            EffectiveCost = amount,
        };
    }
}
