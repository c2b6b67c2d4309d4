using CloudSage.Plugins.Alerts;

namespace CloudSage.PluginHost.Triggers;

/// <summary>
/// Carries events and alerts inside this process to the plugins whose triggers they match, and to host code that subscribes.
/// Every subscriber has a bounded queue of its own, so a slow one delays neither the publisher nor the others. When its queue is full the
/// newest message is refused, so that what was accepted stays accepted and the publisher learns of it at once.
/// </summary>
public interface IEventBus
{
    /// <summary>How many messages were refused because a subscriber's queue was full, since the start; one message counts once for each queue.</summary>
    long Overflowed { get; }

    /// <summary>Publishes an event. Never waits.</summary>
    /// <param name="message">The event.</param>
    /// <returns>True when every subscriber that it concerns has it queued; false when a queue was full or the host is stopping.</returns>
    bool Publish(SystemEvent message);

    /// <summary>
    /// Publishes an alert: to every plugin with a matching alert trigger, and to every alert handler without alert triggers. A plugin does not
    /// get back the alerts that it raised itself. Never waits.
    /// </summary>
    /// <param name="alert">The alert.</param>
    /// <param name="audience">Whom it concerns.</param>
    /// <returns>True when every subscriber that it concerns has it queued; false when a queue was full or the host is stopping.</returns>
    bool Publish(Alert alert, AlertAudience audience = AlertAudience.Everyone);

    /// <summary>Subscribes host code to events, from now on. Dispose the subscription to end it.</summary>
    /// <param name="name">The subscriber's name in logs and metrics.</param>
    /// <returns>The events.</returns>
    IEventSubscription<SystemEvent> SubscribeEvents(string name);

    /// <summary>Subscribes host code to alerts, from now on. Dispose the subscription to end it.</summary>
    /// <param name="name">The subscriber's name in logs and metrics.</param>
    /// <returns>The alerts.</returns>
    IEventSubscription<Alert> SubscribeAlerts(string name);
}

/// <summary>Whom an alert concerns.</summary>
public enum AlertAudience
{
    /// <summary>Plugins with a matching alert trigger, alert handlers, and subscribers of the host.</summary>
    Everyone,

    /// <summary>The same without alert handlers: for a publisher that has called them itself, to have their answers.</summary>
    AllButHandlers,
}

/// <summary>A subscription of host code. Enumerate it once, from one place; the enumeration ends when the host stops or the subscription is disposed.</summary>
/// <typeparam name="T">What is subscribed to.</typeparam>
public interface IEventSubscription<out T> : IAsyncEnumerable<T>, IDisposable
{
    /// <summary>How many messages were refused because this subscriber's queue was full.</summary>
    long Overflowed { get; }
}
