using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Optimization;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Lets an optimization engine optimise, and counts what it recommends.</summary>
internal sealed class OptimizerStep : IRunStep
{
    public bool AppliesTo(PluginRun run, IExtensionBroker broker) => broker.Serves<IOptimizationEngine>(run.Plugin);

    public Task<RunStepOutcome> RunAsync(PluginRun run, IExtensionBroker broker, CallOptions options, CancellationToken cancellationToken)
    {
        var request = new OptimizationRequest { RunId = run.Request.ExecutionId, Parameters = run.Request.Input };
        return broker.Stream<IOptimizationEngine, OptimizationRequest, OptimizationRecommendation>(
            run.Plugin, request, static (engine, search, token) => engine.OptimizeAsync(search, token), options).CountAsync("recommendations", cancellationToken);
    }
}
