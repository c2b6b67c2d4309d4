using System.Diagnostics.Metrics;

namespace CloudSage.PluginHost.Triggers;

/// <summary>What triggers count, on the engine's meter.</summary>
internal sealed class TriggerMetrics
{
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _overflow;

    public TriggerMetrics(Meter meter)
    {
        _runs = meter.CreateCounter<long>("cloudsage.plugins.runs", "{run}", "Runs of plugins that ended, by plugin, trigger and status.");
        _duration = meter.CreateHistogram<double>("cloudsage.plugins.run.duration", "s", "How long runs of plugins took.");
        _skipped = meter.CreateCounter<long>("cloudsage.plugins.schedule.skipped", "{run}", "Scheduled runs skipped because the plugin was still running.");
        _missed = meter.CreateCounter<long>("cloudsage.plugins.schedule.missed", "{schedule}", "How often times of a schedule had passed and were not caught up.");
        _overflow = meter.CreateCounter<long>("cloudsage.plugins.queue.overflow", "{message}", "Events and alerts refused because a subscriber's queue was full.");
    }

    public void Ended(PluginRunResult run)
    {
        KeyValuePair<string, object?>[] tags =
            [new("plugin", run.Plugin), new("trigger", run.Trigger.Kind.ToString()), new("status", run.Status.ToString())];
        _runs.Add(1, tags);
        _duration.Record((run.EndedAt - run.StartedAt).TotalSeconds, tags);
    }

    public void Skipped(string plugin) => _skipped.Add(1, new KeyValuePair<string, object?>("plugin", plugin));

    public void Missed(string plugin) => _missed.Add(1, new KeyValuePair<string, object?>("plugin", plugin));

    public void Overflow(string subscriber) => _overflow.Add(1, new KeyValuePair<string, object?>("subscriber", subscriber));
}
