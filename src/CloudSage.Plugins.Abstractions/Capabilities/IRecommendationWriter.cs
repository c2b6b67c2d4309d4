using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Permissions;

namespace CloudSage.Plugins.Capabilities;

/// <summary>Writes recommendations. Unlocked by the permission <c>WriteRecommendations</c>.</summary>
[RequiresPermission(PluginPermissions.WriteRecommendations)]
public interface IRecommendationWriter
{
    /// <summary>Stores a recommendation; one with the same <see cref="OptimizationRecommendation.RecommendationId"/> is replaced.</summary>
    /// <param name="recommendation">The recommendation.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="PermissionDeniedException">The permission is not (or no longer) granted.</exception>
    ValueTask WriteAsync(OptimizationRecommendation recommendation, CancellationToken cancellationToken);
}
