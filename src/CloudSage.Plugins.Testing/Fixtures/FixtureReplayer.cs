using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Integrations;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;

namespace CloudSage.Plugins.Testing.Fixtures;

/// <summary>Gives a fixture to every extension point that the plugin serves, as the analysis would.</summary>
internal sealed class FixtureReplayer(PluginTestHost host, FixtureCapabilities capabilities, TimeProvider clock)
{
    private const string Run = "replay";

    private readonly PluginFixture _fixture = capabilities.Fixture;
    private readonly FixtureCalls _calls = new(host, clock);
    private readonly List<string> _problems = [];
    private FixtureReplay _replay = new();

    public async Task<FixtureReplay> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var point in host.Status.ExtensionPoints) await CallAsync(point, cancellationToken).ConfigureAwait(false);
        if (_calls.Made.Count == 0 && _problems.Count == 0)
            _problems.Add($"{host.Name} serves no extension point that a fixture is for: run it with 'csg run {host.Name}'.");
        return _replay with
        {
            Calls = _calls.Made,
            Problems = _problems,
            Recommendations = [.. _replay.Recommendations, .. capabilities.Recommendations],
            Alerts = [.. _replay.Alerts, .. capabilities.Alerts],
        };
    }

    private Task CallAsync(string point, CancellationToken cancellationToken) => point switch
    {
        "CloudAdapter" => TranslateAsync(point, cancellationToken),
        "ResourceScanner" => ScanAsync(point, cancellationToken),
        "OptimizationEngine" => OptimizeAsync(point, cancellationToken),
        "CostAnalysisHook" => AnalyzeAsync(point, cancellationToken),
        "AlertHandler" => HandleAsync(point, cancellationToken),
        "Integration" => ExportAsync(point, cancellationToken),
        // Commands, and the embedder's own extension points: a fixture has no part for them.
        _ => Task.CompletedTask,
    };

    private async Task TranslateAsync(string point, CancellationToken cancellationToken)
    {
        if (_fixture.Bill is not { } bill)
        {
            _problems.Add("A cloud adapter needs a bill: give the bill's file as the fixture, or name it under \"bill\".");
            return;
        }

        var source = new CostSource(Path.GetFileName(bill), bill) { Parameters = _fixture.Parameters };
        var match = await _calls.InvokeAsync<ICloudAdapter, CostSourceMatch>(
            point, $"recognise {source.Name}", (plugin, token) => plugin.RecognizeAsync(source, token), cancellationToken).ConfigureAwait(false);
        _replay = _replay with { Recognized = match };
        if (match is null) return;
        if (match.Confidence <= 0m)
        {
            _problems.Add($"It does not recognise {source.Name}: {match.Reason ?? "it does not say why."}");
            return;
        }

        var steps = await _calls.StreamAsync<ICloudAdapter, TranslatedCost>(
            point, $"translate {source.Name}", (plugin, token) => plugin.TranslateAsync(source, token), cancellationToken).ConfigureAwait(false);
        _replay = _replay with
        {
            Costs = [.. steps.Select(static step => step.Record).OfType<Costs.CostRecord>()],
            DataQuality = [.. steps.Select(static step => step.Finding).OfType<DataQualityFinding>()],
        };
    }

    private async Task ScanAsync(string point, CancellationToken cancellationToken)
    {
        var request = new ResourceScanRequest { ScanId = Run };
        _replay = _replay with
        {
            Resources = await _calls.StreamAsync<IResourceScanner, CloudResource>(
                point, "scan", (plugin, token) => plugin.ScanAsync(request, token), cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task OptimizeAsync(string point, CancellationToken cancellationToken)
    {
        var request = new OptimizationRequest { RunId = Run, Resources = _fixture.Resources, Parameters = _fixture.Parameters };
        _replay = _replay with
        {
            Recommendations = await _calls.StreamAsync<IOptimizationEngine, OptimizationRecommendation>(
                point, $"{_fixture.Resources.Count} resource(s)", (plugin, token) => plugin.OptimizeAsync(request, token), cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task AnalyzeAsync(string point, CancellationToken cancellationToken)
    {
        if (_fixture.Analysis is not { } analysis)
        {
            _problems.Add("A hook of the cost analysis needs an analysis: add it to the fixture as \"analysis\".");
            return;
        }

        // Before the analysis there is no result yet.
        var before = await _calls.InvokeAsync<ICostAnalysisHook, CostAnalysisHookResult>(
            point, "before", (plugin, token) => plugin.BeforeAnalysisAsync(analysis with { Result = null }, token), cancellationToken).ConfigureAwait(false);
        var after = await _calls.InvokeAsync<ICostAnalysisHook, CostAnalysisHookResult>(
            point, "after", (plugin, token) => plugin.AfterAnalysisAsync(analysis, token), cancellationToken).ConfigureAwait(false);
        _replay = _replay with
        {
            Remarks = [.. before?.Findings ?? [], .. after?.Findings ?? []],
            Alerts = [.. before?.Alerts ?? [], .. after?.Alerts ?? []],
        };
    }

    private async Task HandleAsync(string point, CancellationToken cancellationToken)
    {
        if (_fixture.Alerts.Count == 0) _problems.Add("An alert handler needs alerts: add them to the fixture as \"alerts\".");
        List<AlertDelivery> deliveries = [];
        foreach (var alert in _fixture.Alerts)
        {
            var delivery = await _calls.InvokeAsync<IAlertHandler, AlertDelivery>(
                point, alert.AlertId, (plugin, token) => plugin.HandleAsync(alert, token), cancellationToken).ConfigureAwait(false);
            if (delivery is not null) deliveries.Add(delivery);
        }

        _replay = _replay with { Deliveries = deliveries };
    }

    private async Task ExportAsync(string point, CancellationToken cancellationToken)
    {
        var request = new IntegrationRequest
        {
            CorrelationId = Run, Recommendations = _fixture.Recommendations, Alerts = _fixture.Alerts, Parameters = _fixture.Parameters,
        };
        _replay = _replay with
        {
            Records = await _calls.StreamAsync<IIntegration, IntegrationRecord>(
                point, $"{_fixture.Recommendations.Count} recommendation(s), {_fixture.Alerts.Count} alert(s)",
                (plugin, token) => plugin.ExportAsync(request, token), cancellationToken).ConfigureAwait(false),
        };
    }
}
