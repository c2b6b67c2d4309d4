using System.Diagnostics.Tracing;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>Someone outside who watches tasks, as a tracing tool does. The runtime then wraps what waits for a task.</summary>
internal sealed class TaskWatcher : EventListener
{
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Threading.Tasks.TplEventSource") EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.All);
    }
}
