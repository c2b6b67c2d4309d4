using System.Runtime.CompilerServices;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Activation;

/// <summary>The host's cost data, as one plugin sees it.</summary>
internal sealed class GuardedCostDataReader(ICostDataReader inner, PermissionGate gate) : ICostDataReader
{
    public async IAsyncEnumerable<CostRecord> ReadAsync(CostDataQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        gate.Demand(PluginPermissions.ReadCostData);
        await foreach (var record in inner.ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            // Again for each record: a stream may last long, and a grant that is revoked counts at the next use.
            gate.Demand(PluginPermissions.ReadCostData);
            yield return record;
        }
    }
}

/// <summary>The host's store of recommendations, as one plugin sees it. What it writes bears its name.</summary>
internal sealed class GuardedRecommendationWriter(IRecommendationWriter inner, PermissionGate gate, string plugin) : IRecommendationWriter
{
    public ValueTask WriteAsync(OptimizationRecommendation recommendation, CancellationToken cancellationToken)
    {
        gate.Demand(PluginPermissions.WriteRecommendations);
        return inner.WriteAsync(recommendation with { Source = plugin }, cancellationToken);
    }
}

/// <summary>The host's alerts, as one plugin sees them. What it publishes bears its name.</summary>
internal sealed class GuardedAlertPublisher(IAlertPublisher inner, PermissionGate gate, string plugin) : IAlertPublisher
{
    public ValueTask<bool> PublishAsync(Alert alert, CancellationToken cancellationToken)
    {
        gate.Demand(PluginPermissions.AlertManagement);
        return inner.PublishAsync(alert with { Plugin = plugin }, cancellationToken);
    }
}

/// <summary>The host's metrics, as one plugin sees them.</summary>
internal sealed class GuardedInstanceMetricsReader(IInstanceMetricsReader inner, PermissionGate gate) : IInstanceMetricsReader
{
    public async IAsyncEnumerable<ResourceMetrics> ReadAsync(InstanceMetricsQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        gate.Demand(PluginPermissions.ReadInstanceMetrics);
        await foreach (var metrics in inner.ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            gate.Demand(PluginPermissions.ReadInstanceMetrics);
            yield return metrics;
        }
    }
}
