using CloudSage.Benchmarks.Plugins;
using CloudSage.Plugins.Commands;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace CloudSage.Benchmarks.Dispatch;

/// <summary>What an application would write instead: a pipeline of timeout and circuit breaker around the call.</summary>
internal static class PollyPipeline
{
    public static ResiliencePipeline Create() => new ResiliencePipelineBuilder()
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions())
        .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(100) })
        .Build();

    public static ValueTask<CommandResult> CallAsync(this ResiliencePipeline pipeline, ICommandHandler handler)
        => pipeline.ExecuteAsync(static (handler, token) => handler.ExecuteAsync(Commands.Request, token), handler, CancellationToken.None);
}
