using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Adds the plugin host to an application.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds the plugin host with its defaults: plugins from <c>plugins</c> below the content root, no permission granted.</summary>
    /// <param name="services">The application's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginHost(this IServiceCollection services) => services.AddPluginHost(static _ => { });

    /// <summary>Adds the plugin host, configured by a section such as <c>PluginHost</c>. Changes of permissions and settings take effect while it runs.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The configuration section.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginHost(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<PluginHostOptions>().Configure<IEnumerable<PluginHostSection>>((options, others) => PluginHostSection.Bind(section, options, others));
        services.AddSingleton<IOptionsChangeTokenSource<PluginHostOptions>>(new ConfigurationChangeTokenSource<PluginHostOptions>(section));
        return services.AddPluginHost(static _ => { });
    }

    /// <summary>Adds the plugin host, configured by code. Can be combined with a section: what comes later wins.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginHost(this IServiceCollection services, Action<PluginHostOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PluginHostOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PluginHostOptions>, PluginHostOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<PluginHostOptions>, ContentRootPaths>());
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        if (services.Any(static s => s.ServiceType == typeof(PluginHostService))) return services;
        return services
            .AddOptionsOfTheRooms()
            .AddDiscovery()
            .AddPreparation()
            .AddRegistration()
            .AddActivation()
            .AddBroker()
            .AddTriggers()
            .AddServices()
            .AddLifecycle()
            .AddUnloading()
            .AddHosting();
    }
}
