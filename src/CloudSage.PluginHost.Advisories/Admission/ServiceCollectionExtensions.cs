using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Advisories.Watching;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Advisories.Admission;

/// <summary>Adds advisories to an application that hosts plugins.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Has the plugin host look up the packages of every plugin before it is loaded, and warn of or refuse those that are not known to be clean: see
    /// <see cref="AdvisoryOptions.Policy"/>. Those that run are looked up again whenever the database or the options change: see <see cref="AdvisoryOptions.OnRunning"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Where the database is, how old it may be, what is done.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginAdvisories(this IServiceCollection services, Action<AdvisoryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<AdvisoryOptions>().Configure(configure).PostConfigure<IServiceProvider>(MakeAbsolute).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AdvisoryOptions>, AdvisoryOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        if (services.Any(static s => s.ServiceType == typeof(IAdvisoryWatch))) return services;
        services.TryAddSingleton<AdvisoryScanner>();
        services.AddSingleton(new PluginHostSection(AdvisoryOptions.SectionName));
        services.AddSingleton<AdvisoryWatch>();
        services.AddSingleton<IAdvisoryWatch>(static s => s.GetRequiredService<AdvisoryWatch>());
        services.AddSingleton<IHostedService>(static s => s.GetRequiredService<AdvisoryWatch>());
        return services.AddSingleton<IPluginCheck, AdvisoryCheck>();
    }

    /// <summary>The same, configured by a section such as <c>PluginHost:Advisories</c>. Its changes take effect while the host runs.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The configuration section.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginAdvisories(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<AdvisoryOptions>().Configure(_ => PluginHostSection.Demand<AdvisoryOptions>(section)).Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
        return services.AddPluginAdvisories(static _ => { });
    }

    /// <summary>As all paths in the section of the host: relative to the content root.</summary>
    private static void MakeAbsolute(AdvisoryOptions options, IServiceProvider services)
    {
        if (!string.IsNullOrWhiteSpace(options.Database))
            options.Database = Path.GetFullPath(options.Database, services.GetService<IHostEnvironment>()?.ContentRootPath ?? Directory.GetCurrentDirectory());
    }
}
