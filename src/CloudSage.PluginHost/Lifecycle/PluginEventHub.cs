using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Hands lifecycle events to subscribers. A slow one loses its oldest events, which the sequence numbers show; nobody is slowed.</summary>
internal sealed class PluginEventHub(TimeProvider clock)
{
    private const int Capacity = 1_024;

    private ImmutableArray<Channel<PluginEvent>> _subscribers = [];
    private long _sequence;

    /// <summary>How many subscriptions there are.</summary>
    public int Subscribers => _subscribers.Length;

    public PluginEvent Publish(PluginEventKind kind, string plugin, string? version, PluginState state, string message, TimeSpan? elapsed = null)
    {
        var published = new PluginEvent(Interlocked.Increment(ref _sequence), kind, plugin, version, state, message, elapsed, clock.GetUtcNow());
        foreach (var subscriber in _subscribers) subscriber.Writer.TryWrite(published);
        return published;
    }

    /// <summary>Subscribes at once, not at the first read: no event after this call is missed.</summary>
    public IAsyncEnumerable<PluginEvent> Subscribe(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<PluginEvent>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        ImmutableInterlocked.Update(ref _subscribers, static (all, added) => all.Add(added), channel);
        // A subscription that is never read, or no longer, ends with its token all the same.
        var given = cancellationToken.UnsafeRegister(subscriber => Unsubscribe((Channel<PluginEvent>)subscriber!), channel);
        return ReadAsync(channel, given, cancellationToken);
    }

    private async IAsyncEnumerable<PluginEvent> ReadAsync(
        Channel<PluginEvent> channel, CancellationTokenRegistration given, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var published in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return published;
        }
        finally
        {
            given.Unregister();
            Unsubscribe(channel);
        }
    }

    private void Unsubscribe(Channel<PluginEvent> channel) => ImmutableInterlocked.Update(ref _subscribers, static (all, removed) => all.Remove(removed), channel);
}
