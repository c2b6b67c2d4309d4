using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Permissions;

namespace CloudSage.Plugins.Capabilities;

/// <summary>Publishes alerts to every alert handler. Unlocked by the permission <c>AlertManagement</c>.</summary>
[RequiresPermission(PluginPermissions.AlertManagement)]
public interface IAlertPublisher
{
    /// <summary>Hands an alert to the host. Returns when it is queued, not when it is delivered.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>Whether the alert was queued; false when the queue is full or the host is stopping.</returns>
    /// <exception cref="PermissionDeniedException">The permission is not (or no longer) granted.</exception>
    ValueTask<bool> PublishAsync(Alert alert, CancellationToken cancellationToken);
}
