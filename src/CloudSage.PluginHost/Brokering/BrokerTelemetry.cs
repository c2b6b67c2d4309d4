using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CloudSage.PluginHost.Brokering;

/// <summary>Metrics and traces of calls. Costs next to nothing while nobody listens.</summary>
internal sealed class BrokerTelemetry : IDisposable
{
    private readonly ActivitySource _source = new(PluginHostTelemetry.ActivitySourceName);
    private readonly Histogram<double> _duration;

    public BrokerTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(PluginHostTelemetry.MeterName);
        _duration = meter.CreateHistogram<double>("cloudsage.plugins.call.duration", "s", "Duration of calls into plugins, by plugin, extension point and outcome.");
    }

    /// <summary>Whether anybody listens. If not, a call reads no clock.</summary>
    public bool IsObserved => _duration.Enabled || _source.HasListeners();

    public Activity? StartCall(ExtensionTarget target, Type extension)
    {
        var activity = _source.StartActivity("plugin.call", ActivityKind.Internal);
        activity?.SetTag("plugin.name", target.Plugin).SetTag("plugin.version", target.Version).SetTag("plugin.extension_point", extension.Name);
        return activity;
    }

    public void EndCall(Activity? activity, Type extension, string plugin, CallStatus status, PluginFault? fault, TimeSpan elapsed)
    {
        if (activity is not null && status != CallStatus.Succeeded) activity.SetStatus(ActivityStatusCode.Error, fault?.Message ?? status.ToString());
        if (!_duration.Enabled) return;
        _duration.Record(elapsed.TotalSeconds, new("plugin.name", plugin), new("plugin.extension_point", extension.Name), new("outcome", status.ToString()));
    }

    public void Dispose() => _source.Dispose();
}
