using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;

namespace CloudSage.UnitTests.Analysis;

/// <summary>Calls plain objects as the engine calls plugins: what they throw comes back as an outcome.</summary>
internal sealed class InProcessBroker : IExtensionBroker
{
    private readonly List<(string Name, object Plugin)> _plugins = [];

    public InProcessBroker With(string name, object plugin)
    {
        _plugins.Add((name, plugin));
        return this;
    }

    public IReadOnlyList<ExtensionProvider> Providers<TExtension>() where TExtension : class
        => [.. _plugins.Where(p => p.Plugin is TExtension).Select(p => new ExtensionProvider(p.Name, "1.0.0", 0)).OrderBy(p => p.Plugin, StringComparer.Ordinal)];

    async ValueTask<CallOutcome<TResult>> IExtensionBroker.InvokeCoreAsync<TExtension, TArgument, TResult>(
        string plugin, TArgument argument, Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return new(plugin, "1.0.0", CallStatus.Succeeded, await call(Find<TExtension>(plugin), argument, cancellationToken), null);
        }
        catch (Exception e)
        {
            // As at the engine's boundary: a failure is text.
            return new(plugin, "1.0.0", CallStatus.Faulted, default, Fault(e));
        }
    }

    public async ValueTask<IReadOnlyList<CallOutcome<TResult>>> InvokeAllAsync<TExtension, TArgument, TResult>(
        TArgument argument, Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options, CancellationToken cancellationToken) where TExtension : class
    {
        List<CallOutcome<TResult>> outcomes = [];
        foreach (var provider in Providers<TExtension>())
            outcomes.Add(await ((IExtensionBroker)this).InvokeAsync(provider.Plugin, argument, call, options, cancellationToken));
        return outcomes;
    }

    public PluginStream<TItem> Stream<TExtension, TArgument, TItem>(
        string plugin, TArgument argument, Func<TExtension, TArgument, CancellationToken, IAsyncEnumerable<TItem>> call,
        CallOptions? options = null) where TExtension : class
        => new InProcessStream<TItem>(plugin, token => call(Find<TExtension>(plugin), argument, token));

    private TExtension Find<TExtension>(string plugin) where TExtension : class
        => _plugins.Where(p => p.Name == plugin).Select(p => p.Plugin).OfType<TExtension>().Single();

    private static PluginFault Fault(Exception e) => PluginFault.From("CSG1701", e, DateTimeOffset.UnixEpoch);

    private sealed class InProcessStream<TItem>(string plugin, Func<CancellationToken, IAsyncEnumerable<TItem>> call) : PluginStream<TItem>
    {
        public override async IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            long count = 0;
            IAsyncEnumerator<TItem>? items = null;
            try
            {
                while (true)
                {
                    try
                    {
                        items ??= call(cancellationToken).GetAsyncEnumerator(cancellationToken);
                        if (!await items.MoveNextAsync()) break;
                    }
                    catch (Exception e)
                    {
                        // As at the engine's boundary: a failure is text, and the stream ends.
                        Outcome = new(plugin, "1.0.0", CallStatus.Faulted, count, Fault(e));
                        yield break;
                    }

                    count++;
                    yield return items.Current;
                }
            }
            finally
            {
                if (items is not null) await items.DisposeAsync();
            }

            Outcome = new(plugin, "1.0.0", CallStatus.Succeeded, count, null);
        }
    }
}
