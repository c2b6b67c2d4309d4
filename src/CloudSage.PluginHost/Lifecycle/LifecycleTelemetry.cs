using System.Diagnostics.Metrics;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Metrics of the lifecycle.</summary>
internal sealed class LifecycleTelemetry
{
    private readonly Counter<long> _events;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _unloads;

    public LifecycleTelemetry(IMeterFactory meters, StatusBoard board)
    {
        var meter = meters.Create(PluginHostTelemetry.MeterName);
        _events = meter.CreateCounter<long>("cloudsage.plugins.lifecycle.events", "{event}", "Lifecycle events, by kind.");
        _duration = meter.CreateHistogram<double>("cloudsage.plugins.lifecycle.duration", "s", "How long additions, upgrades and removals took.");
        _unloads = meter.CreateCounter<long>("cloudsage.plugins.unloads", "{version}", "Unloaded versions, by whether they left memory.");
        meter.CreateObservableGauge("cloudsage.plugins.count", () => board.Read()
            .GroupBy(static p => p.State)
            .Select(static g => new Measurement<int>(g.Count(), new KeyValuePair<string, object?>("state", g.Key.ToString()))), "{plugin}", "Plugins, by state.");
    }

    public void Changed(PluginEventKind kind, TimeSpan? elapsed)
    {
        var tag = new KeyValuePair<string, object?>("kind", kind.ToString());
        _events.Add(1, tag);
        if (elapsed is { } took) _duration.Record(took.TotalSeconds, tag);
    }

    public void Unloaded(UnloadVerdict verdict) => _unloads.Add(1, new KeyValuePair<string, object?>("collected", verdict.Collected));
}
