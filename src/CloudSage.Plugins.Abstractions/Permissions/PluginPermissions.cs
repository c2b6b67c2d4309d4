namespace CloudSage.Plugins.Permissions;

/// <summary>
/// The permissions that a manifest may ask for. Each unlocks one capability, which the plugin then takes as a constructor parameter.
/// An embedder may add permissions of its own by putting <see cref="RequiresPermissionAttribute"/> on its own contracts.
/// </summary>
public static class PluginPermissions
{
    /// <summary>Read the cost records of the current analysis: unlocks <see cref="Capabilities.ICostDataReader"/>.</summary>
    public const string ReadCostData = nameof(ReadCostData);

    /// <summary>Write recommendations: unlocks <see cref="Capabilities.IRecommendationWriter"/>.</summary>
    public const string WriteRecommendations = nameof(WriteRecommendations);

    /// <summary>Publish alerts: unlocks <see cref="Capabilities.IAlertPublisher"/>.</summary>
    public const string AlertManagement = nameof(AlertManagement);

    /// <summary>Read the utilisation of instances: unlocks <see cref="Capabilities.IInstanceMetricsReader"/>.</summary>
    public const string ReadInstanceMetrics = nameof(ReadInstanceMetrics);
}
