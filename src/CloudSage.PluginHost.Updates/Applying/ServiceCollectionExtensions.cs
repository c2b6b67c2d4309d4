using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Updates.Planning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>Adds security updates to an application that hosts plugins.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Has the plugin host update plugins that bring packages with known vulnerabilities, by the policy of <see cref="SecurityUpdateOptions"/>, while
    /// <see cref="AdvisoryOptions.OnRunning"/> is <see cref="RunningAdvisoryAction.Update"/>: see docs/updates.md. To be called besides <c>AddPluginHost</c>,
    /// <c>AddPluginAdvisories</c> and <c>AddPluginPackages</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">The policy.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSecurityUpdates(this IServiceCollection services, Action<SecurityUpdateOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SecurityUpdateOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SecurityUpdateOptions>, SecurityUpdateOptionsValidator>());
        if (services.Any(static s => s.ServiceType == typeof(UpdateJournal))) return services.AddSecurityUpdatePlanner(configure);
        services.AddSingleton(new PluginHostSection(SecurityUpdateOptions.SectionName));
        services.TryAddSingleton<UpdateJournal>();
        services.TryAddSingleton<IUpdateHistory>(static s => s.GetRequiredService<UpdateJournal>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAdvisoryTolerance, UpdateJournal>(static s => s.GetRequiredService<UpdateJournal>()));
        services.TryAddSingleton<UpdateSignal>();
        services.TryAddSingleton(NeededParts.Create<UpdateTrial>);
        services.TryAddSingleton(NeededParts.Create<UpdateApplication>);
        services.TryAddSingleton<SecurityUpdateRound>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SecurityUpdateService>(NeededParts.Create<SecurityUpdateService>));
        return services.AddSecurityUpdatePlanner(configure);
    }

    /// <summary>The same, configured by a section such as <c>PluginHost:SecurityUpdates</c>. Its changes take effect with the next round.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The configuration section.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSecurityUpdates(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<SecurityUpdateOptions>().Configure(_ => PluginHostSection.Demand<SecurityUpdateOptions>(section)).Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
        return services.AddSecurityUpdates();
    }
}
