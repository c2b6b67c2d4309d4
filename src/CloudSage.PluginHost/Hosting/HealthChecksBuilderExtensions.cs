using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Adds the plugin host to the application's health checks.</summary>
public static class HealthChecksBuilderExtensions
{
    /// <summary>Adds a check named <c>plugin-host</c>: unhealthy where the host has stopped, degraded where a plugin is in trouble; its data says which and why.</summary>
    /// <param name="builder">The application's health checks.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddPluginHost(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<PluginHostHealthCheck>("plugin-host");
    }
}
