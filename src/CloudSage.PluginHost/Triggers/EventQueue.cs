using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Triggers;

/// <summary>
/// The bounded queue of one subscriber. Full, it refuses the newest. A burst of refusals is logged once at its start and once when
/// the queue is half empty again.
/// </summary>
internal sealed class EventQueue<T>(string subscriber, int capacity, TriggerMetrics metrics, ILogger logger)
{
    private readonly Channel<T> _channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private long _overflowed;
    private long _burst;
    private volatile bool _isOpen = true;

    public string Subscriber => subscriber;

    public long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>Queues a message, unless the queue is full or completed.</summary>
    public EventQueueWrite Write(T message)
    {
        if (_channel.Writer.TryWrite(message)) return EventQueueWrite.Queued;
        if (!_isOpen) return EventQueueWrite.Completed;
        Interlocked.Increment(ref _overflowed);
        metrics.Overflow(subscriber);
        if (Interlocked.Increment(ref _burst) == 1) Log.QueueOverflow(logger, subscriber, capacity);
        return EventQueueWrite.Refused;
    }

    /// <summary>Takes nothing more. What is queued can still be read.</summary>
    public void Complete()
    {
        _isOpen = false;
        _channel.Writer.TryComplete();
    }

    /// <summary>Takes nothing more, and forgets what is queued.</summary>
    /// <returns>How many messages were forgotten.</returns>
    public int Discard()
    {
        Complete();
        var count = 0;
        while (_channel.Reader.TryRead(out _)) count++;
        return count;
    }

    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in _channel.Reader.ReadAllAsync(cancellationToken))
        {
            if (_channel.Reader.Count <= capacity / 2 && Interlocked.Exchange(ref _burst, 0) is > 0 and var refused)
                Log.QueueCaughtUp(logger, subscriber, refused);
            yield return message;
        }
    }
}

/// <summary>What became of a message.</summary>
internal enum EventQueueWrite
{
    Queued,
    Refused,
    Completed,
}
