using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;

namespace CloudSage.Samples.CostAnomalies;

/// <summary>Words a spike as an alert. The same spike has the same identity in every run, so that receivers can merge it.</summary>
internal static class SpikeAlert
{
    public static Alert Create(CostAnalysisContext context, DailyCostChange change, decimal threshold)
    {
        var currency = context.Currency ?? "(null)";
        var key = string.Create(CultureInfo.InvariantCulture,
            $"cost-spike/{context.Source}/{currency}/{context.Metric}/{context.ChargeFilter}/{change.Date:yyyy-MM-dd}");
        return new Alert
        {
            AlertId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)),
            Type = AlertType.CostSpikeDetected,
            Severity = change.ChangeRatio >= 1m ? AlertSeverity.Error : AlertSeverity.Warning,
            DedupKey = key,
            Title = string.Create(CultureInfo.InvariantCulture, $"Costs rose by {change.ChangeRatio:P1} on {change.Date:yyyy-MM-dd}"),
            Summary = string.Create(CultureInfo.InvariantCulture,
                $"{context.Metric} was {change.Current:0.00} {currency} after {change.Previous:0.00} {currency} the day before."),
            OccurredAt = new DateTimeOffset(change.Date, TimeOnly.MinValue, TimeSpan.Zero),
            Scope = new AlertScope { Source = context.Source, Date = change.Date, ProviderName = context.Provider },
            Observed = new Money(change.Current, currency),
            Baseline = new Money(change.Previous, currency),
            ChangeRatio = change.ChangeRatio,
            Threshold = threshold,
        };
    }
}
