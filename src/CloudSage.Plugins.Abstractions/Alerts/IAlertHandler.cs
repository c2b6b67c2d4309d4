namespace CloudSage.Plugins.Alerts;

/// <summary>Extension point: tells people or systems about an alert.</summary>
[ExtensionPoint("AlertHandler")]
public interface IAlertHandler
{
    /// <summary>Handles one alert. May be called for several alerts at once, and again for one that failed: use <see cref="Alert.DedupKey"/>.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Cancelled at the call's deadline or when the host stops.</param>
    /// <returns>What became of it.</returns>
    ValueTask<AlertDelivery> HandleAsync(Alert alert, CancellationToken cancellationToken);
}
