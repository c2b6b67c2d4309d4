using CloudSage.Analysis;
using CloudSage.Analysis.Runs;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using Microsoft.Extensions.Options;

namespace CloudSage.UnitTests.Analysis;

/// <summary>Alerts and records outside of a single run.</summary>
public sealed class PublishedAlertTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task PublishAsync_NoRunUnderWay_GoesToTheBusAndTellsWhetherItWasQueued(bool room)
    {
        using var fixture = new AnalysisFixture();
        fixture.Bus.HasRoom = room;

        var queued = await fixture.Get<IAlertPublisher>().PublishAsync(Alert("1"), CancellationToken.None);

        queued.Should().Be(room);
        fixture.Bus.Alerts.Should().ContainSingle(alert => alert.AlertId == "1");
    }

    [Test]
    public async Task PublishAsync_RunUnderWay_StaysInTheRun()
    {
        using var fixture = new AnalysisFixture();
        var run = new AnalysisRun("a", AnalysisFixture.Request, new AnalysisOptions { MaxAlerts = 1 });
        using var presence = fixture.Get<ActiveRuns>().Enter(run);
        var publisher = fixture.Get<IAlertPublisher>();

        (await publisher.PublishAsync(Alert("1"), CancellationToken.None)).Should().BeTrue();
        (await publisher.PublishAsync(Alert("2"), CancellationToken.None)).Should().BeFalse("the run takes one alert");
        run.Alerts.Snapshot().Should().ContainSingle();
        fixture.Bus.Alerts.Should().BeEmpty();
    }

    [Test]
    public async Task ReadAsync_SeveralRunsUnderWay_AsksForTheAnalysis()
    {
        using var fixture = new AnalysisFixture();
        var runs = fixture.Get<ActiveRuns>();
        using var first = runs.Enter(new AnalysisRun("a", AnalysisFixture.Request, new AnalysisOptions()));
        using var second = runs.Enter(new AnalysisRun("b", AnalysisFixture.Request, new AnalysisOptions()));

        var act = async () => await fixture.Get<ICostDataReader>().ReadAsync(new CostDataQuery(), CancellationToken.None).ToListAsync();

        await act.Should().ThrowAsync<InvalidOperationException>().WithMessage("*AnalysisId*");
        (await fixture.Get<ICostDataReader>().ReadAsync(new CostDataQuery { AnalysisId = "b" }, CancellationToken.None).ToListAsync()).Should().BeEmpty();
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Options_LimitBelowOne_IsRefusedByName(int limit)
    {
        using var fixture = new AnalysisFixture(options => options.MaxGroups = limit);

        var act = () => fixture.Get<IOptions<AnalysisOptions>>().Value;

        act.Should().Throw<OptionsValidationException>().WithMessage("*MaxGroups*");
    }

    private static Alert Alert(string id) => new()
    {
        AlertId = id, Type = AlertType.Custom, Severity = AlertSeverity.Info, DedupKey = "k", Title = "t", OccurredAt = DateTimeOffset.UnixEpoch,
    };
}
