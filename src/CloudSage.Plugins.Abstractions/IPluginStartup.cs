using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Plugins;

/// <summary>
/// Optional: registers services in the plugin's own container before the entry type is created.
/// Implement it on a public class with a public constructor that takes nothing.
/// </summary>
public interface IPluginStartup
{
    /// <summary>Registers the plugin's services. The host has already added the context, loggers, a clock and the granted capabilities.</summary>
    /// <param name="services">The plugin's own services; no other plugin and not the host can see them.</param>
    /// <param name="context">What the plugin knows of itself and its host.</param>
    void ConfigureServices(IServiceCollection services, PluginContext context);
}
