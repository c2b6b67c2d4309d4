using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Triggers;

/// <summary>The subscriptions of host code to one kind of message.</summary>
internal sealed class EventSubscriptions<T>(int capacity, TriggerMetrics metrics, ILogger logger)
{
    private readonly Lock _lock = new();
    private volatile EventSubscription[] _all = [];
    private bool _closed;

    public IEventSubscription<T> Add(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var subscription = new EventSubscription(this, new EventQueue<T>(name, capacity, metrics, logger));
        lock (_lock)
        {
            if (_closed) subscription.Queue.Complete();
            else _all = [.. _all, subscription];
        }

        return subscription;
    }

    public IEnumerable<EventQueueWrite> Publish(T message) => _all.Select(subscription => subscription.Queue.Write(message));

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var subscription in _all) subscription.Queue.Complete();
            _all = [];
        }
    }

    private void Remove(EventSubscription subscription)
    {
        lock (_lock) _all = [.. _all.Where(s => s != subscription)];
        subscription.Queue.Complete();
    }

    private sealed class EventSubscription(EventSubscriptions<T> owner, EventQueue<T> queue) : IEventSubscription<T>
    {
        public EventQueue<T> Queue => queue;

        public long Overflowed => queue.Overflowed;

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
            => queue.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        public void Dispose() => owner.Remove(this);
    }
}
