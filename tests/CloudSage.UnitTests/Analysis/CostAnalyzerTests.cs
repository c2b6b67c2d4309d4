using System.Text.Json;
using CloudSage.Analysis;
using CloudSage.Analysis.Reporting;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using static CloudSage.UnitTests.Analysis.Charges;
using static CloudSage.UnitTests.Analysis.Recommendations;

namespace CloudSage.UnitTests.Analysis;

public sealed class CostAnalyzerTests
{
    private AnalysisFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new AnalysisFixture();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task AnalyzeAsync_SeveralAdapters_TheSurestTranslates()
    {
        _fixture.Broker
            .With("b", new InlineAdapter(0.5m, Charge(1m))).With("c", new InlineAdapter(0.9m, Charge(2m))).With("d", new InlineAdapter(0.9m, Charge(4m)));

        var report = await _fixture.AnalyzeAsync();

        report.Analyses.Should().ContainSingle().Which.Should().Match<SourceAnalysis>(a => a.Adapter == "c" && a.Totals.EffectiveCost == 2m);
        report.Findings.Should().BeEmpty();
    }

    [Test]
    public async Task AnalyzeAsync_SourceThatNoAdapterKnows_IsAFindingWithWhatEachSaid()
    {
        _fixture.Broker.With("focus", new InlineAdapter(0m) { Reason = "no BilledCost column" });

        var report = await _fixture.AnalyzeAsync();

        report.Analyses.Should().BeEmpty();
        report.Findings.Should().ContainSingle(f => f.Code == AnalysisCodes.UnknownSource && f.Message.Contains("focus: no BilledCost column."));
    }

    [Test]
    public async Task AnalyzeAsync_NoAdapterAtAll_IsAFinding()
        => (await _fixture.AnalyzeAsync()).Findings.Should().ContainSingle(f => f.Code == AnalysisCodes.NoAdapter);

    [Test]
    public async Task AnalyzeAsync_AdapterThatFailsInTheMiddle_GivesNoResultButAFindingAndAFault()
    {
        _fixture.Broker.With("a", new InlineAdapter(1m, Charge(1m)) { FailsAtEnd = new CostSourceException("line 2 is torn") });

        var report = await _fixture.AnalyzeAsync();

        report.Analyses.Should().BeEmpty("sums over a part would look like the whole");
        report.Findings.Should().ContainSingle(f => f.Code == AnalysisCodes.SourceFailed && f.Message.Contains("line 2 is torn"));
        report.Faults.Should().ContainSingle(f => f.Plugin == "a" && f.During == "translate bill.csv");
    }

    [Test]
    public async Task AnalyzeAsync_SourceWithoutRecords_KeepsItsDataQualityFindings()
    {
        _fixture.Broker.With("a", new InlineAdapter(1m, new DataQualityFinding(2, null, "torn", "?", RowSkipped: true)));

        var report = await _fixture.AnalyzeAsync();

        report.Findings.Should().ContainSingle(f => f.Code == AnalysisCodes.EmptySource);
        report.Analyses.Single().DataQuality.Should().ContainSingle(f => f.Code == "torn");
    }

    [Test]
    public async Task AnalyzeAsync_Hook_SeesResultAndSpikeOfEachCurrencyAndItsAlertsReachTheHandlers()
    {
        var hook = new RecordingHook();
        var handler = new RecordingHandler();
        _fixture.Broker
            .With("a", new InlineAdapter(1m, Charge(10m), Charge(30m, Day(2)), Charge(1m, currency: "EUR"))).With("hook", hook).With("handler", handler);

        var report = await _fixture.AnalyzeAsync();

        hook.Before.Should().ContainSingle().Which.Result.Should().BeNull();
        hook.After.Select(c => (c.Currency, c.DailySpike?.ChangeRatio)).Should().Equal(("EUR", null), ("USD", 2m));
        handler.Alerts.Select(a => (a.Plugin, a.Scope.Source)).Should().Equal(("hook", "bill.csv"), ("hook", "bill.csv"));
        report.Alerts.Should().HaveCount(2);
        report.Deliveries.Should().HaveCount(2).And.OnlyContain(d => d.Plugin == "handler" && d.Channel == "test");
        _fixture.Bus.Alerts.Should().HaveCount(report.Alerts.Count, "plugins with alert triggers wait for them too");
        _fixture.Bus.Audiences.Should().AllBeEquivalentTo(CloudSage.PluginHost.Triggers.AlertAudience.AllButHandlers, "the handlers were called already");
        report.Observations.Should().HaveCount(2);
    }

    [Test]
    public async Task AnalyzeAsync_PluginsThatThrow_NeverEndTheRun()
    {
        _fixture.Broker.With("a", new InlineAdapter(1m, Charge(1m))).With("bad", new ThrowingPlugin()).With("hook", new RecordingHook());

        var report = await _fixture.AnalyzeAsync();

        report.Analyses.Should().ContainSingle();
        report.Alerts.Should().ContainSingle();
        report.Faults.Select(f => f.During).Should().Contain(
            ["hook before the analysis of bill.csv", "hook after the analysis of bill.csv", "handle alert USD", "optimize", "export"]);
        report.Faults.Should().OnlyContain(f => f.Plugin == "bad" && f.Message == "boom" && f.ExceptionType == typeof(InvalidOperationException).FullName);
    }

    [Test]
    public async Task AnalyzeAsync_HookThatReadsRecords_GetsThoseOfItsSourceAgain()
    {
        var hook = new ReadingHook(_fixture.Get<ICostDataReader>());
        _fixture.Broker.With("a", new InlineAdapter(1m, Charge(1m), Charge(2m, service: "S3"))).With("hook", hook);

        await _fixture.AnalyzeAsync();

        hook.Read.Select(record => record.EffectiveCost).Should().Equal(2m);
    }

    [Test]
    public async Task ReadAsync_NoSuchAnalysis_IsRefusedByName()
    {
        var act = async () => await _fixture.Get<ICostDataReader>().ReadAsync(new CostDataQuery { AnalysisId = "gone" }, CancellationToken.None).ToListAsync();

        await act.Should().ThrowAsync<InvalidOperationException>().WithMessage("*'gone'*");
    }

    [Test]
    public async Task AnalyzeAsync_Recommendations_CarryTheirSourceAndReplaceEachOtherById()
    {
        var integration = new RecordingIntegration();
        _fixture.Broker
            .With("a", new InlineAdapter(1m, Charge(1m))).With("o", new InlineOptimizer(Recommendation("x", 1m), Recommendation("y", 5m), Recommendation("x", 2m)))
            .With("i", integration);

        var report = await _fixture.AnalyzeAsync();

        report.Recommendations.Select(r => (r.RecommendationId, r.Source, r.EstimatedMonthlySavings!.Value.Amount)).Should().Equal(("y", "o", 5m), ("x", "o", 2m));
        integration.Request!.Recommendations.Should().Equal(report.Recommendations);
        report.Exports.Should().ContainSingle(e => e.Plugin == "i" && e.Record.CorrelationId == report.RunId);
    }

    [Test]
    public async Task AnalyzeAsync_EndlessOptimiser_IsCutAtTheLimitAndReported()
    {
        using var fixture = new AnalysisFixture(options => options.MaxRecommendations = 3);
        fixture.Broker.With("a", new InlineAdapter(1m, Charge(1m))).With("o", new EndlessOptimizer());

        var report = await fixture.AnalyzeAsync();

        report.Recommendations.Should().HaveCount(3);
        report.Findings.Should().ContainSingle(f => f.Code == AnalysisCodes.LimitReached && f.Message.Contains("recommendations"));
    }

    [Test]
    public async Task AnalyzeAsync_PublishedAndWrittenByPlugins_AreInTheReport()
    {
        var hook = new WritingHook(_fixture.Get<IAlertPublisher>(), _fixture.Get<IRecommendationWriter>());
        var handler = new RecordingHandler();
        _fixture.Broker.With("a", new InlineAdapter(1m, Charge(1m))).With("hook", hook).With("handler", handler);

        var report = await _fixture.AnalyzeAsync();

        handler.Alerts.Should().ContainSingle(a => a.AlertId == "published");
        report.Recommendations.Should().ContainSingle(r => r.RecommendationId == "written");
        _fixture.Get<IRecommendationStore>().Recommendations.Should().ContainSingle();
    }

    [Test]
    public async Task AnalyzeAsync_NothingButReading_CallsNobodyElse()
    {
        var handler = new RecordingHandler();
        var integration = new RecordingIntegration();
        _fixture.Broker
            .With("a", new InlineAdapter(1m, Charge(1m))).With("hook", new RecordingHook()).With("handler", handler)
            .With("i", integration).With("o", new InlineOptimizer(Recommendation("x", 1m)));

        var report = await _fixture.AnalyzeAsync(AnalysisFixture.Request with { Notify = false, Optimize = false, Export = false });

        report.Alerts.Should().ContainSingle();
        handler.Alerts.Should().BeEmpty();
        integration.Request.Should().BeNull();
        report.Recommendations.Should().BeEmpty();
    }

    [Test]
    public async Task AnalyzeAsync_Cancelled_GivesUp()
    {
        _fixture.Broker.With("a", new InlineAdapter(1m, Charge(1m)));

        var act = () => _fixture.Get<ICostAnalyzer>().AnalyzeAsync(AnalysisFixture.Request, null, new CancellationToken(canceled: true));

        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    [Test]
    public async Task AnalyzeAsync_Progress_NamesSourceAndStages()
    {
        List<CostAnalysisProgress> seen = [];
        _fixture.Broker.With("a", new InlineAdapter(1m, Charge(1m))).With("o", new InlineOptimizer());

        await _fixture.AnalyzeAsync(progress: new InlineProgress(seen));

        seen[0].Should().Be(new CostAnalysisProgress(AnalysisStage.Reading, "bill.csv", 1, 1, 0, null));
        seen.Select(p => p.Stage).Should().ContainInOrder(AnalysisStage.Reading, AnalysisStage.Notifying, AnalysisStage.Optimizing, AnalysisStage.Exporting, AnalysisStage.Completed);
    }

    [Test]
    public async Task Serialize_Report_WritesMoneyAsExactTextAndDatesAsIso()
    {
        _fixture.Broker.With("a", new InlineAdapter(1m, Charge(10.50m), Charge(30m, Day(2)))).With("hook", new RecordingHook());

        using var json = JsonDocument.Parse(AnalysisJson.Serialize(await _fixture.AnalyzeAsync()));

        var analysis = json.RootElement.GetProperty("analyses")[0];
        analysis.GetProperty("rowCount").GetInt64().Should().Be(2);
        analysis.GetProperty("totals").GetProperty("billedCost").GetString().Should().Be("40.5");
        analysis.GetProperty("daily")[0].GetRawText().Should().MatchRegex("\"date\":\\s*\"2026-03-01\"");
        analysis.GetProperty("byService")[0].GetProperty("key").GetString().Should().Be("EC2");
        analysis.GetProperty("commitment").GetProperty("utilization").ValueKind.Should().Be(JsonValueKind.Null);
        var alert = json.RootElement.GetProperty("alerts")[0];
        alert.GetProperty("type").GetString().Should().Be("CostSpikeDetected");
        alert.GetProperty("observed").GetString().Should().Be("30");
        alert.GetProperty("currency").GetString().Should().Be("USD");
        json.RootElement.GetProperty("plugins")[0].GetProperty("state").GetString().Should().Be("Active");
    }

    private sealed class InlineProgress(List<CostAnalysisProgress> seen) : IProgress<CostAnalysisProgress>
    {
        public void Report(CostAnalysisProgress value) => seen.Add(value);
    }
}
