using System.Runtime.CompilerServices;
using CloudSage.Plugins;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;

namespace CloudSage.Samples.Rightsizing;

/// <summary>Proposes to stop instances that do nothing, and a size less for those that never need what they have.</summary>
public sealed class Ec2Rightsizer(IInstanceMetricsReader metrics, PluginContext context, TimeProvider clock) : IOptimizationEngine
{
    private const string ResourceType = "ec2";
    private readonly int _minimumDays = context.Settings.GetInt32("minimum_days", 7);

    public async IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(
        OptimizationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ResourceTypes.Count > 0 && !request.ResourceTypes.Contains(ResourceType, StringComparer.OrdinalIgnoreCase)) yield break;
        var instances = request.Resources.Where(IsCandidate).DistinctBy(instance => instance.ResourceId).ToDictionary(instance => instance.ResourceId);
        if (instances.Count == 0) yield break;

        var types = await InstanceTypes.LoadAsync(context.Settings.Get("instance_types"), cancellationToken);
        var proposal = new RightsizingProposal(types, clock.GetUtcNow());
        var query = new InstanceMetricsQuery { ResourceIds = [.. instances.Keys], Metric = ResourceMetric.CpuUtilization };
        await foreach (var cpu in metrics.ReadAsync(query, cancellationToken))
        {
            if ((cpu.End - cpu.Start).TotalDays < _minimumDays) continue;
            if (instances.TryGetValue(cpu.ResourceId, out var instance) && proposal.Make(instance, cpu) is { } recommendation) yield return recommendation;
        }
    }

    private static bool IsCandidate(CloudResource resource)
        => resource.ResourceType.Equals(ResourceType, StringComparison.OrdinalIgnoreCase)
        && resource.State is ResourceState.Running or ResourceState.Unknown
        && resource.InstanceType is not null;
}
