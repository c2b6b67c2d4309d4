using CloudSage.PluginHost.Brokering;

namespace CloudSage.Plugins.Testing.Fixtures;

/// <summary>Makes the calls of a replay, and writes down what came of each.</summary>
internal sealed class FixtureCalls(PluginTestHost host, TimeProvider clock)
{
    private readonly List<FixtureCall> _calls = [];

    public IReadOnlyList<FixtureCall> Made => _calls;

    /// <summary>Calls, and copies the answer; null where there is none.</summary>
    public async Task<TResult?> InvokeAsync<TExtension, TResult>(
        string point, string input, Func<TExtension, CancellationToken, ValueTask<TResult>> call, CancellationToken cancellationToken)
        where TExtension : class where TResult : class
    {
        var began = clock.GetTimestamp();
        var outcome = await host.TryInvokeAsync(call, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _calls.Add(new FixtureCall(point, input, outcome.Status, outcome.Succeeded ? 1 : 0, clock.GetElapsedTime(began), outcome.Fault));
        return outcome.Succeeded ? Detached.Copy(outcome.Value!) : null;
    }

    /// <summary>Reads a stream to its end and copies each item. Where the plugin fails half-way, what came before is kept.</summary>
    public async Task<IReadOnlyList<TItem>> StreamAsync<TExtension, TItem>(
        string point, string input, Func<TExtension, CancellationToken, IAsyncEnumerable<TItem>> call, CancellationToken cancellationToken)
        where TExtension : class
    {
        var began = clock.GetTimestamp();
        List<TItem> items = [];
        var stream = host.Broker.Stream<TExtension, Func<TExtension, CancellationToken, IAsyncEnumerable<TItem>>, TItem>(
            host.Name, call, static (plugin, call, token) => call(plugin, token));
        await foreach (var item in stream.WithCancellation(cancellationToken).ConfigureAwait(false)) items.Add(Detached.Copy(item));
        cancellationToken.ThrowIfCancellationRequested();
        _calls.Add(new FixtureCall(point, input, stream.Outcome?.Status ?? CallStatus.Succeeded, items.Count, clock.GetElapsedTime(began), stream.Outcome?.Fault));
        return items;
    }
}
