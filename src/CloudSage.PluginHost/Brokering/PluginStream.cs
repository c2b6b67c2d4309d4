namespace CloudSage.PluginHost.Brokering;

/// <summary>A stream that a plugin answers with. It ends early where the plugin fails; <see cref="Outcome"/> says so.</summary>
/// <typeparam name="TItem">The items.</typeparam>
public abstract class PluginStream<TItem> : IAsyncEnumerable<TItem>
{
    private protected PluginStream() { }

    /// <summary>What came of the call, with the number of items as its value; null until the enumeration has ended.</summary>
    public CallOutcome<long>? Outcome { get; private protected set; }

    /// <summary>Starts the call. A stream can be enumerated once.</summary>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>The items.</returns>
    public abstract IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default);
}
