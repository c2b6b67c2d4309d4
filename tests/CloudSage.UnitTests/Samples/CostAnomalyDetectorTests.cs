using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;
using CloudSage.Samples.CostAnomalies;

namespace CloudSage.UnitTests.Samples;

public sealed class CostAnomalyDetectorTests
{
    [TestCase("1.25", false)]
    [TestCase("1.2500000000000000000000001", true)]
    public async Task A_rise_is_an_alert_strictly_above_the_threshold(string current, bool alert)
        => (await Detect(1m, decimal.Parse(current, System.Globalization.CultureInfo.InvariantCulture))).Should().HaveCount(alert ? 1 : 0);

    [TestCase("1", 0)]
    [TestCase("0.9", 1)]
    [TestCase("0", 1)]
    public async Task Days_below_the_minimum_amount_are_no_alert(string minimum, int alerts)
        => (await Detect(0.1m, 0.9m, ("minimum_amount", minimum))).Should().HaveCount(alerts);

    [Test]
    public async Task The_alert_tells_what_was_seen()
    {
        var alert = (await Detect(10m, 20.5m, ("threshold", "0.5"))).Single();

        alert.Should().Match<Alert>(a => a.Type == AlertType.CostSpikeDetected && a.Severity == AlertSeverity.Error && a.ChangeRatio == 1.05m && a.Threshold == 0.5m);
        alert.Observed.Should().Be(new Money(20.5m, "USD"));
        alert.Baseline.Should().Be(new Money(10m, "USD"));
        alert.Scope.Should().Be(new AlertScope { Source = "bill.csv", Date = new DateOnly(2026, 3, 2), ProviderName = "AWS" });
        alert.Title.Should().Be("Costs rose by 105.0 % on 2026-03-02");
    }

    [Test]
    public async Task The_same_spike_has_the_same_identity_in_every_run_and_another_in_another_currency()
    {
        var first = (await Detect(1m, 2m)).Single();
        var second = (await Detect(1m, 2m)).Single();
        var other = (await Detect(1m, 2m, currency: "EUR")).Single();

        second.AlertId.Should().Be(first.AlertId).And.NotBe(other.AlertId);
        second.DedupKey.Should().Be(first.DedupKey);
    }

    [Test]
    public void A_threshold_that_is_no_number_is_refused_by_name()
    {
        var act = () => new CostAnomalyDetector(PluginContexts.With(("threshold", "much")));

        act.Should().Throw<FormatException>().WithMessage("*threshold*much*");
    }

    private static Task<IReadOnlyList<Alert>> Detect(decimal previous, decimal current, params (string, string)[] settings)
        => Detect(previous, current, "USD", settings);

    private static async Task<IReadOnlyList<Alert>> Detect(decimal previous, decimal current, string currency, params (string, string)[] settings)
    {
        var context = new CostAnalysisContext
        {
            AnalysisId = "a", Source = "bill.csv", Provider = "AWS", Currency = currency,
            DailyChanges = [new DailyCostChange(new DateOnly(2026, 3, 2), previous, current)],
        };
        return (await new CostAnomalyDetector(PluginContexts.With(settings)).AfterAnalysisAsync(context, CancellationToken.None)).Alerts;
    }
}
