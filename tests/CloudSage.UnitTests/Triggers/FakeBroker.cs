using System.Collections.Concurrent;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;

namespace CloudSage.UnitTests.Triggers;

/// <summary>Calls objects of the test as if they were plugins, with the outcomes that the real broker gives.</summary>
internal sealed class FakeBroker : IExtensionBroker
{
    private readonly ConcurrentDictionary<string, (string Version, object Plugin)> _plugins = new();

    public CallOptions? LastOptions { get; private set; }

    public void Put(string name, object plugin, string version = "1.0.0") => _plugins[name] = (version, plugin);

    public void Remove(string name) => _plugins.TryRemove(name, out _);

    public IReadOnlyList<ExtensionProvider> Providers<TExtension>() where TExtension : class
        => [.. _plugins.Where(p => p.Value.Plugin is TExtension).OrderBy(p => p.Key).Select(p => new ExtensionProvider(p.Key, p.Value.Version, 0))];

    async ValueTask<CallOutcome<TResult>> IExtensionBroker.InvokeCoreAsync<TExtension, TArgument, TResult>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken)
    {
        LastOptions = options;
        if (!_plugins.TryGetValue(plugin, out var found) || found.Plugin is not TExtension extension)
            return new CallOutcome<TResult>(plugin, null, CallStatus.Unavailable, default, null);
        try
        {
            var value = await call(extension, argument, cancellationToken).AsTask().WaitAsync(cancellationToken);
            return new CallOutcome<TResult>(plugin, found.Version, CallStatus.Succeeded, value, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new CallOutcome<TResult>(plugin, found.Version, CallStatus.Cancelled, default, null);
        }
        catch (Exception e)
        {
            return new CallOutcome<TResult>(plugin, found.Version, CallStatus.Faulted, default, PluginFault.From("CSG1799", e, default));
        }
    }

    public ValueTask<IReadOnlyList<CallOutcome<TResult>>> InvokeAllAsync<TExtension, TArgument, TResult>(
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
        => throw new NotSupportedException("Triggers call plugins one by one.");

    public PluginStream<TItem> Stream<TExtension, TArgument, TItem>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, IAsyncEnumerable<TItem>> call,
        CallOptions? options = null) where TExtension : class
    {
        var (version, extension) = _plugins[plugin];
        return new FakeStream<TItem>(plugin, version, token => call((TExtension)extension, argument, token));
    }

    private sealed class FakeStream<TItem>(string plugin, string version, Func<CancellationToken, IAsyncEnumerable<TItem>> open) : PluginStream<TItem>
    {
        public override async IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            var count = 0L;
            await using var items = open(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await items.MoveNextAsync()) break;
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    Outcome = new CallOutcome<long>(plugin, version, CallStatus.Cancelled, count, null);
                    yield break;
                }
                catch (Exception e)
                {
                    Outcome = new CallOutcome<long>(plugin, version, CallStatus.Faulted, count, PluginFault.From("CSG1799", e, default));
                    yield break;
                }

                count++;
                yield return items.Current;
            }

            Outcome = new CallOutcome<long>(plugin, version, CallStatus.Succeeded, count, null);
        }
    }
}
