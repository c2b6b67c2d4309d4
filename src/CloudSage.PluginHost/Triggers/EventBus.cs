using CloudSage.Plugins.Alerts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Takes events and alerts from host and plugins, and queues them for whom they concern.</summary>
internal sealed class EventBus : IEventBus
{
    private readonly TriggerRoutes _routes;
    private readonly PluginMailboxes _mailboxes;
    private readonly EventSubscriptions<SystemEvent> _events;
    private readonly EventSubscriptions<Alert> _alerts;
    private long _overflowed;
    private volatile bool _closed;

    public EventBus(TriggerRoutes routes, PluginMailboxes mailboxes, TriggerMetrics metrics, IOptions<TriggerOptions> options, ILogger<EventBus> logger)
    {
        _routes = routes;
        _mailboxes = mailboxes;
        _events = new EventSubscriptions<SystemEvent>(options.Value.QueueCapacity, metrics, logger);
        _alerts = new EventSubscriptions<Alert>(options.Value.QueueCapacity, metrics, logger);
    }

    public long Overflowed => Interlocked.Read(ref _overflowed);

    public bool Publish(SystemEvent message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_closed) return false;
        var own = message with { Attributes = Copy(message.Attributes) };
        return Deliver(_events.Publish(own), _routes.Of(own));
    }

    public bool Publish(Alert alert, AlertAudience audience = AlertAudience.Everyone)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (_closed) return false;
        // Collections and links may be types of the plugin that raised the alert: queued, they would keep it in memory.
        var own = alert with { Details = Copy(alert.Details), Links = [.. alert.Links.Select(static l => new Uri(l.OriginalString, UriKind.RelativeOrAbsolute))] };
        return Deliver(_alerts.Publish(own), _routes.Of(own, audience));
    }

    public IEventSubscription<SystemEvent> SubscribeEvents(string name) => _events.Add(name);

    public IEventSubscription<Alert> SubscribeAlerts(string name) => _alerts.Add(name);

    /// <summary>Takes nothing more, and ends the subscriptions of host code once they have read what is queued.</summary>
    public void Close()
    {
        _closed = true;
        _events.Close();
        _alerts.Close();
        _mailboxes.Close();
    }

    private bool Deliver(IEnumerable<EventQueueWrite> toHost, IEnumerable<PluginRun> toPlugins)
    {
        var allQueued = true;
        foreach (var write in toHost.Concat(toPlugins.Select(_mailboxes.Send)))
        {
            allQueued &= write == EventQueueWrite.Queued;
            if (write == EventQueueWrite.Refused) Interlocked.Increment(ref _overflowed);
        }

        return allQueued;
    }

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string> attributes) => new(attributes, StringComparer.Ordinal);
}
