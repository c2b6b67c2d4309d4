using System.Runtime.CompilerServices;
using CloudSage.Plugins;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;
using Microsoft.Extensions.Logging;

namespace NewPlugin;

/// <summary>Proposes to stop instances whose processor does nothing.</summary>
public sealed class IdleInstances(PluginContext context, IInstanceMetricsReader metrics, ILogger<IdleInstances> logger) : IOptimizationEngine
{
    private readonly decimal _idleBelow = context.Settings.GetDecimal("idle_below", 5m);

    public async IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(
        OptimizationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = request.Resources.Where(resource => resource.State == ResourceState.Running).ToDictionary(resource => resource.ResourceId);
        if (running.Count == 0) yield break;

        var query = new InstanceMetricsQuery { ResourceIds = [.. running.Keys], Metric = ResourceMetric.CpuUtilization };
        await foreach (var cpu in metrics.ReadAsync(query, cancellationToken))
        {
            if (cpu.Max > _idleBelow || !running.TryGetValue(cpu.ResourceId, out var instance)) continue;
            logger.LogInformation("{Instance} does nothing.", instance.ResourceId);
            yield return new OptimizationRecommendation
            {
                RecommendationId = RecommendationIdentity.Create(instance.ResourceId, OptimizationAction.Stop),
                ResourceId = instance.ResourceId,
                ResourceType = instance.ResourceType,
                ProviderName = instance.ProviderName,
                Action = OptimizationAction.Stop,
                Current = new ResourceConfiguration(instance.InstanceType ?? "running"),
                EstimatedMonthlyCost = instance.MonthlyCost,
                // What stops costs nothing more; where the cost is not known, neither are the savings.
                EstimatedMonthlySavings = instance.MonthlyCost,
                RollbackPossible = true,
                Reasons = [$"Its processor was never busier than {cpu.Max} % from {cpu.Start:yyyy-MM-dd} to {cpu.End:yyyy-MM-dd}."],
            };
        }
    }
}
