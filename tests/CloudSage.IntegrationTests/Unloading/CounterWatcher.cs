using System.Diagnostics.Tracing;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>Someone outside who watches the visitors' event counters, as a monitoring tool does.</summary>
internal sealed class CounterWatcher : EventListener
{
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "CloudSage-Visitor")
            EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.All, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "1" });
    }
}
