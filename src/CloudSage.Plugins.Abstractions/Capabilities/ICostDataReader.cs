using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Permissions;

namespace CloudSage.Plugins.Capabilities;

/// <summary>Reads cost records. Unlocked by the permission <c>ReadCostData</c>.</summary>
[RequiresPermission(PluginPermissions.ReadCostData)]
public interface ICostDataReader
{
    /// <summary>Streams the records that match, in the order of their source.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>The records.</returns>
    /// <exception cref="PermissionDeniedException">The permission is not (or no longer) granted.</exception>
    IAsyncEnumerable<CostRecord> ReadAsync(CostDataQuery query, CancellationToken cancellationToken);
}
