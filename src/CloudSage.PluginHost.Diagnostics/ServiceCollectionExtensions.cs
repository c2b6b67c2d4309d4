using CloudSage.PluginHost.Unloading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudSage.PluginHost.Diagnostics;

/// <summary>Adds leak reports to an application that hosts plugins.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Has the plugin host say what keeps an unloaded plugin in memory, by itself when a plugin leaks and on demand by <see cref="IPluginHost.DiagnoseAsync"/>.
    /// How often and how far is set in <see cref="LeakReportOptions"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddLeakReports(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILeakAnalyzer, LeakAnalyzer>());
        return services;
    }
}
