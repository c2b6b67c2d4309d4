using BenchmarkDotNet.Attributes;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Commands;
using Polly;

namespace CloudSage.Benchmarks.Dispatch;

/// <summary>One call of a plugin that answers at once.</summary>
[MemoryDiagnoser]
public class CallBenchmarks
{
    private readonly ResiliencePipeline _pipeline = PollyPipeline.Create();
    private ServingPlugins _plugins = null!;
    private IExtensionBroker _broker = null!;
    private ICommandHandler _handler = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _plugins = ServingPlugins.Start(BuiltPlugin.Tiny);
        (_broker, _handler) = (_plugins.Broker, _plugins.Entry<ICommandHandler>());
        if (!InvokeInline().AsTask().GetAwaiter().GetResult().Succeeded || !InvokePooled().AsTask().GetAwaiter().GetResult().Succeeded)
            throw new InvalidOperationException("The plugin does not answer.");
    }

    [GlobalCleanup]
    public void CleanUp() => _plugins.Dispose();

    [Benchmark(Baseline = true, Description = "direct interface call")]
    public ValueTask<CommandResult> Direct() => _handler.ExecuteAsync(Commands.Request, CancellationToken.None);

    [Benchmark(Description = "direct, awaited")]
    public async ValueTask<bool> DirectAwaited() => (await _handler.ExecuteAsync(Commands.Request, CancellationToken.None)).Succeeded;

    [Benchmark(Description = "Polly: timeout and breaker")]
    public ValueTask<CommandResult> Polly() => _pipeline.CallAsync(_handler);

    [Benchmark(Description = "broker, inline")]
    public ValueTask<CallOutcome<CommandResult>> InvokeInline() => _broker.CallAsync(ServingPlugins.First, Commands.Inline);

    [Benchmark(Description = "broker, on the pool (default)")]
    public ValueTask<CallOutcome<CommandResult>> InvokePooled() => _broker.CallAsync(ServingPlugins.First);
}
