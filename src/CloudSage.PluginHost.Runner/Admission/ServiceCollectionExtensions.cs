using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Runner.Caching;
using CloudSage.PluginHost.Runner.Child;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>Adds the scan to an application that hosts plugins.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Has the plugin host look into all files of every .NET plugin before it is loaded, in a child process, and refuse those that can do what their
    /// permissions do not cover. It tells what a plugin uses; it is no sandbox: see docs/security.md.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">The limits of the scan, and where its findings are remembered.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginScan(this IServiceCollection services, Action<PluginScanOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PluginScanOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PluginScanOptions>, PluginScanOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static s => new WarmScanner(
            () => ChildProgram.Start(Options(s).HeapMegabytes), ChildProgram.Obstacle, () => new ScannerLimits(Options(s).FileTimeout, Options(s).StartTimeout, Options(s).IdleTime),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<WarmScanner>>()));
        services.TryAddSingleton(static s => new VerdictCache(CacheDirectory(s), Options(s).MaxCachedFiles, s.GetRequiredService<ILogger<VerdictCache>>()));
        services.TryAddSingleton<FileScan>();
        services.AddSingleton(new PluginHostSection(PluginScanOptions.SectionName));
        services.TryAddSingleton(static s => new SharedNames(s.GetRequiredService<IOptions<PluginHostOptions>>().Value.GetSharedNames()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPluginCheck, PluginScanCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ScannerWarmUp>());
        return services;
    }

    /// <summary>The same, configured by a section such as <c>PluginHost:Scan</c>. What the section has and the options do not is an error at the start.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The configuration section.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPluginScan(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<PluginScanOptions>().Configure(_ => PluginHostSection.Demand<PluginScanOptions>(section)).Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
        return services.AddPluginScan();
    }

    private static PluginScanOptions Options(IServiceProvider services) => services.GetRequiredService<IOptionsMonitor<PluginScanOptions>>().CurrentValue;

    private static string CacheDirectory(IServiceProvider services)
    {
        var state = services.GetRequiredService<IOptions<PluginHostOptions>>().Value.Lifecycle.StateDirectory;
        return Options(services).CacheDirectory is { } own ? Path.GetFullPath(own) : Path.Combine(state, "scans");
    }
}
