using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Staging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.NuGet.Installing;

/// <summary>Adds packages to an application that hosts plugins.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="PluginPackages"/>, and lets packages be dropped into a plugin directory: what they need comes from the configured sources. To be called
    /// besides <c>AddPluginHost</c>, whose shared assemblies are left out of plugins.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Where packages come from, and what is asked of them.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginPackages(this IServiceCollection services, Action<PackageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PackageOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PackageOptions>, PackageOptionsValidator>());
        if (configure is not null) services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new PluginHostSection(PackageOptions.SectionName));
        services.TryAddSingleton(static s => new PluginPackages(
            s.GetRequiredService<IOptions<PackageOptions>>(), s.GetRequiredService<SharedAssemblies>(), s.GetRequiredService<ManifestReader>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPluginUnpacker, PackageUnpacker>());
        return services;
    }

    /// <summary>The same, configured by a section such as <c>PluginHost:Packages</c>. What the section has and the options do not is an error at the start.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The configuration section.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginPackages(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<PackageOptions>().Configure(_ => PluginHostSection.Demand<PackageOptions>(section)).Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
        return services.AddPluginPackages();
    }
}
