using BenchmarkDotNet.Attributes;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Commands;

namespace CloudSage.Benchmarks.Dispatch;

/// <summary>One event to a hundred plugins; figures are per plugin.</summary>
[MemoryDiagnoser]
public class FanOutBenchmarks
{
    private const int Count = 100;
    private ServingPlugins _plugins = null!;
    private readonly List<CallOutcome<CommandResult>> _outcomes = [];
    private ICommandHandler[] _handlers = [];

    [GlobalSetup]
    public void SetUp()
    {
        _plugins = ServingPlugins.Start(BuiltPlugin.Tiny, Count);
        _handlers = [.. Enumerable.Range(0, Count).Select(i => _plugins.Entry<ICommandHandler>(i))];
        if (InvokeAll(Commands.Inline).AsTask().GetAwaiter().GetResult().Count(static o => o.Succeeded) != Count)
            throw new InvalidOperationException("Not every plugin answers.");
    }

    [GlobalCleanup]
    public void CleanUp() => _plugins.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "direct interface calls")]
    public async ValueTask<int> Direct()
    {
        var succeeded = 0;
        foreach (var handler in _handlers)
            if ((await handler.ExecuteAsync(Commands.Request, CancellationToken.None)).Succeeded) succeeded++;
        return succeeded;
    }

    [Benchmark(OperationsPerInvoke = Count, Description = "InvokeAll, inline, into a list used again")]
    public async ValueTask<int> InvokeAllAgain()
    {
        _outcomes.Clear();
        await _plugins.Broker.InvokeAllAsync<ICommandHandler, CommandRequest, CommandResult>(
            Commands.Request, static (handler, request, token) => handler.ExecuteAsync(request, token), _outcomes, Commands.Inline, CancellationToken.None);
        return _outcomes.Count;
    }

    [Benchmark(OperationsPerInvoke = Count, Description = "InvokeAll, inline")]
    public ValueTask<IReadOnlyList<CallOutcome<CommandResult>>> InvokeAllInline() => InvokeAll(Commands.Inline);

    [Benchmark(OperationsPerInvoke = Count, Description = "InvokeAll, on the pool (default)")]
    public ValueTask<IReadOnlyList<CallOutcome<CommandResult>>> InvokeAllPooled() => InvokeAll(null);

    private ValueTask<IReadOnlyList<CallOutcome<CommandResult>>> InvokeAll(CallOptions? options)
        => _plugins.Broker.InvokeAllAsync<ICommandHandler, CommandRequest, CommandResult>(
            Commands.Request, static (handler, request, token) => handler.ExecuteAsync(request, token), options, CancellationToken.None);
}
