using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Permissions;

namespace CloudSage.Plugins.Capabilities;

/// <summary>Reads the utilisation of instances. Unlocked by the permission <c>ReadInstanceMetrics</c>.</summary>
[RequiresPermission(PluginPermissions.ReadInstanceMetrics)]
public interface IInstanceMetricsReader
{
    /// <summary>Streams one summary for each resource and metric that match.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>The summaries.</returns>
    /// <exception cref="PermissionDeniedException">The permission is not (or no longer) granted.</exception>
    IAsyncEnumerable<ResourceMetrics> ReadAsync(InstanceMetricsQuery query, CancellationToken cancellationToken);
}
