using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Costs;
using CloudSage.Samples.Console;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Samples;

public sealed class ConsoleNotifierTests
{
    [Test]
    public async Task An_alert_is_one_line()
    {
        var (delivery, text) = await Handle(Alert() with { Observed = new Money(30m, "USD"), Baseline = new Money(10m, "USD"), Plugin = "cost-anomaly-detector" });

        delivery.Status.Should().Be(AlertDeliveryStatus.Delivered);
        text.Should().Be("2026-03-02T00:00:00Z WARNING CostSpikeDetected Costs rose in bill.csv, observed 30.00 USD, before 10.00 USD [cost-anomaly-detector]" + Environment.NewLine);
    }

    [Test]
    public async Task Foreign_text_can_neither_break_the_line_nor_steer_the_terminal()
    {
        var (_, text) = await Handle(Alert() with { Title = "a\r\nb\u001b[2Jc\u202ed\u2028e" });

        text.Should().Contain(@"a\u{000D}\u{000A}b\u{001B}[2Jc\u{202E}d\u{2028}e");
        text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle();
    }

    [Test]
    public async Task Endless_text_is_cut()
        => (await Handle(Alert() with { Title = new string('x', 100_000) })).Text.Length.Should().BeLessThan(1_000);

    [TestCase("Error", AlertDeliveryStatus.Skipped)]
    [TestCase("warning", AlertDeliveryStatus.Delivered)]
    public async Task Alerts_below_the_minimum_are_skipped(string minimum, AlertDeliveryStatus status)
    {
        var (delivery, text) = await Handle(Alert(), ("min_severity", minimum));

        delivery.Status.Should().Be(status);
        (text.Length > 0).Should().Be(status == AlertDeliveryStatus.Delivered);
    }

    [TestCase("loud")]
    [TestCase("7")]
    public void An_unknown_severity_is_refused_by_name(string minimum)
    {
        var act = () => new ConsoleNotifier(PluginContexts.With(("min_severity", minimum)), TimeProvider.System, TextWriter.Null);

        act.Should().Throw<FormatException>().WithMessage($"*{minimum}*Critical*");
    }

    private static Alert Alert() => new()
    {
        AlertId = "1", Type = AlertType.CostSpikeDetected, Severity = AlertSeverity.Warning, DedupKey = "k", Title = "Costs rose",
        OccurredAt = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), Scope = new AlertScope { Source = "bill.csv" },
    };

    private static async Task<(AlertDelivery Delivery, string Text)> Handle(Alert alert, params (string, string)[] settings)
    {
        await using var output = new StringWriter();
        var delivery = await new ConsoleNotifier(PluginContexts.With(settings), new FakeTimeProvider(), output).HandleAsync(alert, CancellationToken.None);
        return (delivery, output.ToString());
    }
}
