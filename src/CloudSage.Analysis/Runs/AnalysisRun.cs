using System.Globalization;
using CloudSage.Analysis.Reporting;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Alerts;

namespace CloudSage.Analysis.Runs;

/// <summary>What one run has gathered so far. Thread-safe where plugins reach it: they may publish and write at any time.</summary>
internal sealed class AnalysisRun(string id, CostAnalysisRequest request, AnalysisOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<RunSource> _sources = [];
    private RunSource? _current;

    public string Id => id;

    public CostAnalysisRequest Request => request;

    public List<SourceAnalysis> Analyses { get; } = [];

    public BoundedList<Alert> Alerts { get; } = new(options.MaxAlerts);

    public BoundedList<ReportedObservation> Observations { get; } = new(options.MaxAlerts);

    public BoundedList<ReportedDelivery> Deliveries { get; } = new(options.MaxAlerts);

    public RecommendationTable Recommendations { get; } = new(options.MaxRecommendations);

    public BoundedList<ReportedExport> Exports { get; } = new(options.MaxExports);

    public BoundedList<ReportedFault> Faults { get; } = new(options.MaxFaults);

    public BoundedList<Finding> Findings { get; } = new(options.MaxFaults);

    /// <summary>The sources that can be read again: the one under way, or outside of a source all of them.</summary>
    public IReadOnlyList<RunSource> CurrentSources
    {
        get { lock (_gate) return _current is null ? [.. _sources] : [_current]; }
    }

    public IReadOnlyList<RunSource> FindSources(string analysisId)
    {
        lock (_gate) return [.. _sources.Where(source => analysisId == id || source.AnalysisId == analysisId)];
    }

    public void Enter(RunSource source)
    {
        lock (_gate)
        {
            _sources.Add(source);
            _current = source;
        }
    }

    /// <summary>Ends the work on a source; one that failed is not read again.</summary>
    public void Leave(RunSource source, bool failed)
    {
        lock (_gate)
        {
            _current = null;
            if (failed) _sources.Remove(source);
        }
    }

    /// <summary>Notes a call that did not succeed.</summary>
    public void NoteFault<T>(CallOutcome<T> outcome, string during)
    {
        if (!outcome.Succeeded) Faults.TryAdd(ReportedFault.From(outcome, during));
    }

    public CostAnalysisReport ToReport(IReadOnlyList<PluginStatus> plugins) => new()
    {
        RunId = id,
        Analyses = [.. Analyses],
        Alerts = [.. Alerts.Snapshot().Select(ReportedAlert.From)],
        Observations = Observations.Snapshot(),
        Recommendations = Recommendations.Snapshot(),
        Deliveries = Deliveries.Snapshot(),
        Exports = Exports.Snapshot(),
        Plugins = [.. plugins.Select(static p => new ReportedPlugin(p.Name, p.Version, p.Type, p.State.ToString()))],
        Faults = Faults.Snapshot(),
        Findings = [.. Findings.Snapshot(), .. Limits()],
    };

    private IEnumerable<Finding> Limits()
    {
        (string What, string Option, long Dropped)[] lists =
        [
            ("alerts", nameof(options.MaxAlerts), Alerts.Dropped),
            ("observations", nameof(options.MaxAlerts), Observations.Dropped),
            ("deliveries", nameof(options.MaxAlerts), Deliveries.Dropped),
            ("recommendations", nameof(options.MaxRecommendations), Recommendations.Dropped),
            ("exports", nameof(options.MaxExports), Exports.Dropped),
            ("faults", nameof(options.MaxFaults), Faults.Dropped),
            ("findings", nameof(options.MaxFaults), Findings.Dropped),
        ];
        return lists.Where(static list => list.Dropped > 0).Select(static list => Finding.Warning(
            AnalysisCodes.LimitReached,
            string.Create(CultureInfo.InvariantCulture, $"{list.Dropped:N0} {list.What} beyond the limit of a run were dropped."),
            $"Raise {list.Option} in the analysis options, or mend the plugin that sends so many."));
    }
}
