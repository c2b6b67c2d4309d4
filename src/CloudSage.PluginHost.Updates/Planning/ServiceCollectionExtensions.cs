using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Staging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>Adds the search for security updates to a program that does not run plugins.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds <see cref="SecurityUpdatePlanner"/>. To be called besides <c>AddPluginHost</c>, <c>AddPluginAdvisories</c> and <c>AddPluginPackages</c>.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">The policy.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSecurityUpdatePlanner(this IServiceCollection services, Action<SecurityUpdateOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SecurityUpdateOptions>();
        if (configure is not null) services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        // Made here, so that what is missing is said by whoever needs it, and not by the container.
        services.TryAddSingleton<IReleases>(static s => ActivatorUtilities.CreateInstance<PackageReleases>(s));
        services.TryAddSingleton<IUpdateHistory, NoHistory>();
        services.TryAddSingleton(static s => new SecurityUpdatePlanner(
            new InstalledPlugins(s.GetRequiredService<ManifestReader>()),
            () => new UnpackedArchives([.. s.GetServices<IPluginUnpacker>(), s.GetRequiredService<SelfContainedUnpacker>()], PackageReleases.WorkspaceOf(s.GetRequiredService<IOptions<LifecycleOptions>>().Value)),
            s.GetRequiredService<IReleases>(), s.GetRequiredService<AdvisoryScanner>(), s.GetRequiredService<IUpdateHistory>(), s.GetRequiredService<IOptionsMonitor<SecurityUpdateOptions>>(), s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
