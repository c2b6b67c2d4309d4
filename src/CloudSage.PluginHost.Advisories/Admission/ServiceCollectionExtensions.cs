using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudSage.PluginHost.Advisories.Admission;

/// <summary>Adds advisories to an application that hosts plugins.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Has the plugin host look up the packages of every plugin before it is loaded, and warn of or refuse those that are not known to be clean: see
    /// <see cref="AdvisoryOptions.Policy"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Where the database is, how old it may be, what is done.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginAdvisories(this IServiceCollection services, Action<AdvisoryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AdvisoryScanner>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPluginCheck, AdvisoryCheck>());
        return services;
    }
}
