namespace CloudSage.Plugins;

/// <summary>
/// Optional: implemented by the plugin's entry type. Asked once after the start (an unhealthy answer refuses the activation,
/// and in an upgrade leaves the old version serving) and whenever the host's health is asked for.
/// </summary>
public interface IPluginHealthCheck
{
    /// <summary>Says whether the plugin can serve.</summary>
    /// <param name="cancellationToken">Cancelled when the deadline has passed.</param>
    /// <returns>The plugin's health.</returns>
    ValueTask<PluginHealth> CheckHealthAsync(CancellationToken cancellationToken);
}

/// <summary>A plugin's own word on its health.</summary>
/// <param name="IsHealthy">Whether the plugin can serve.</param>
/// <param name="Message">Why not, or a remark.</param>
public sealed record PluginHealth(bool IsHealthy, string? Message = null)
{
    /// <summary>The plugin can serve.</summary>
    public static PluginHealth Healthy { get; } = new(true);

    /// <summary>The plugin cannot serve.</summary>
    /// <param name="message">Why not.</param>
    /// <returns>An unhealthy answer.</returns>
    public static PluginHealth Unhealthy(string message) => new(false, message);
}
