using CloudSage.PluginHost.Manifests.Reading;
using System.Diagnostics.Metrics;
using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Registration.Placing;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Services;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Triggers;
using CloudSage.PluginHost.Unloading;
using CloudSage.PluginHost.Unloading.Eviction;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Registers the rooms of the engine, in the order in which a plugin walks through them.</summary>
internal static class EngineRegistration
{
    public static IServiceCollection AddOptionsOfTheRooms(this IServiceCollection services) => services
        .AddPart(static o => o.Discovery)
        .AddPart(static o => o.Staging)
        .AddPart(static o => o.Registration)
        .AddPart(static o => o.Activation)
        .AddPart(static o => o.Permissions)
        .AddPart(static o => o.Broker)
        .AddPart(static o => o.Triggers)
        .AddPart(static o => o.Lifecycle)
        .AddPart(static o => o.Unloading)
        .AddPart(static o => o.Services);

    public static IServiceCollection AddDiscovery(this IServiceCollection services)
    {
        services.AddSingleton(static s => new SharedAssemblies(Options(s).SharedAssemblies));
        services.AddSingleton(static s => new CapabilityCatalog(s, Options(s).ForwardedContracts.Select(Capability.Forwarded)));
        services.AddSingleton(static s => new ManifestReader(s.GetRequiredService<CapabilityCatalog>().Permissions, ExtensionPointsOf(s)));
        services.AddSingleton(static s => new FolderScanner(Options(s).Discovery));
        services.AddSingleton<ICandidateManifest, CandidateManifest>();
        services.AddSingleton(static s => new CompletenessCheck(s.GetRequiredService<ICandidateManifest>(), s.GetRequiredService<SharedAssemblies>().SimpleNames));
        services.AddSingleton(static s => new SettlingRule(Options(s).Discovery, s.GetRequiredService<CompletenessCheck>(), Clock(s)));
        services.AddSingleton(static s => new FolderWatcher(
            Options(s).Discovery, Clock(s), s.GetRequiredService<ILogger<FolderWatcher>>(), also: [StateFile.DirectoryIn(Options(s).Lifecycle.StateDirectory)]));
        return services;
    }

    public static IServiceCollection AddPreparation(this IServiceCollection services)
    {
        services.AddSingleton(static s => OpenStore(s));
        services.AddSingleton(static s => new SelfContainedUnpacker(s.GetRequiredService<ManifestReader>(), s.GetRequiredService<SharedAssemblies>().SimpleNames));
        services.AddSingleton<CandidateStaging>();
        services.AddSingleton<StagedManifest>();
        services.AddSingleton(static s => new PluginVerifier(
            [.. s.GetServices<IPluginRuntime>().Select(static r => r.Language)], s.GetRequiredService<SharedAssemblies>().Names, HostVersion.Current));
        services.AddSingleton<PluginChecks>();
        return services;
    }

    public static IServiceCollection AddRegistration(this IServiceCollection services)
    {
        services.AddSingleton<PluginLocks>();
        services.AddSingleton<RegisteredContent>();
        services.AddSingleton<PermissionPolicy>();
        services.AddSingleton<PluginPreparation>();
        services.AddSingleton(static s => new AuditFile(Options(s).Registration.AuditFile));
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<FolderRecovery>();
        return services;
    }

    public static IServiceCollection AddActivation(this IServiceCollection services)
    {
        services.AddSingleton<NativeLibraries>();
        services.AddSingleton<PluginLoader>();
        services.AddSingleton<PluginActivator>();
        services.AddSingleton<IPluginRuntime, InProcessRuntime>();
        return services;
    }

    public static IServiceCollection AddBroker(this IServiceCollection services)
    {
        services.AddSingleton<ExtensionDirectory>();
        services.AddSingleton<BrokerTelemetry>();
        services.AddSingleton<DeadlineWheel>();
        services.AddSingleton<IExtensionBroker, ExtensionBroker>();
        return services;
    }

    public static IServiceCollection AddTriggers(this IServiceCollection services)
    {
        services.AddSingleton(static s => new TriggerMetrics(s.GetRequiredService<IMeterFactory>().Create(PluginHostTelemetry.MeterName)));
        services.AddSingleton<TriggerTable>();
        services.AddSingleton<TriggerRoutes>();
        services.AddSingleton<RunGate>();
        services.AddSingleton<PluginRunner>();
        services.AddSingleton<IPluginRunner>(static s => s.GetRequiredService<PluginRunner>());
        services.AddSingleton<IRunExecutor>(static s => s.GetRequiredService<PluginRunner>());
        services.AddSingleton<PluginMailboxes>();
        services.AddSingleton<EventBus>();
        services.AddSingleton<IEventBus>(static s => s.GetRequiredService<EventBus>());
        services.AddSingleton<ScheduleTrigger>();
        services.AddSingleton<TriggerService>();
        return services;
    }

    public static IServiceCollection AddServices(this IServiceCollection services)
    {
        services.AddSingleton<MemoryServiceRegistry>();
        services.AddSingleton(static s => new ServicePublisher(
            RegistriesOf(s), HostIdentity.Create(Options(s).Registration.Environment, Clock(s)), Options(s).Services, Clock(s), s.GetRequiredService<ILogger<ServicePublisher>>()));
        return services;
    }

    public static IServiceCollection AddLifecycle(this IServiceCollection services)
    {
        services.AddSingleton(static s => new StateFile(Options(s).Lifecycle.StateDirectory));
        services.AddSingleton(static s => new ActivationJournal(Options(s).Lifecycle.StateDirectory));
        services.AddSingleton(static s => new CandidateTracker(
            s.GetRequiredService<FolderScanner>(), s.GetRequiredService<SettlingRule>(), Options(s).Lifecycle, Clock(s)));
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<ServiceListing>();
        services.AddSingleton<PluginEventHub>();
        services.AddSingleton<LifecycleTelemetry>();
        services.AddSingleton<PluginReporter>();
        services.AddSingleton<PluginOperations>();
        services.AddSingleton<CoordinatorMailbox>();
        services.AddSingleton<PluginRegister>();
        services.AddSingleton<GrantLedger>();
        services.AddSingleton<CoordinatorCommands>();
        services.AddSingleton<CandidateReview>();
        services.AddSingleton<CandidateIntake>();
        services.AddSingleton<PluginPlanner>();
        services.AddSingleton<PluginTransitions>();
        services.AddSingleton<PluginCoordinator>();
        services.AddSingleton<IPluginHost, PluginHostControl>();
        return services;
    }

    public static IServiceCollection AddUnloading(this IServiceCollection services)
    {
        services.AddSingleton<RuntimeShapes>();
        services.AddRegistrationEvictors(static s => Options(s).ForwardedContracts);
        services.AddCacheEvictors();
        services.AddSingleton<PluginEviction>();
        services.AddSingleton<PluginRetirement>();
        services.AddSingleton<UnloadVerifier>();
        services.AddSingleton<LeakReporting>();
        return services;
    }

    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton<UnhandledExceptionGuard>();
        services.AddSingleton<ConfigurationWatch>();
        services.AddSingleton<PluginHostService>();
        services.AddSingleton<IHostedService>(static s => s.GetRequiredService<PluginHostService>());
        return services;
    }

    private static IServiceCollection AddPart<T>(this IServiceCollection services, Func<PluginHostOptions, T> part) where T : class
    {
        services.AddSingleton(s => new PluginHostOptionsPart<T>(s.GetRequiredService<IOptionsMonitor<PluginHostOptions>>(), part));
        services.AddSingleton<IOptions<T>>(static s => s.GetRequiredService<PluginHostOptionsPart<T>>());
        services.AddSingleton<IOptionsMonitor<T>>(static s => s.GetRequiredService<PluginHostOptionsPart<T>>());
        return services;
    }

    private static PluginHostOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<PluginHostOptions>>().Value;

    private static TimeProvider Clock(IServiceProvider services) => services.GetRequiredService<TimeProvider>();

    /// <summary>A store that cannot be opened ends the start of the application, with the remedy in the message.</summary>
    private static ContentStore OpenStore(IServiceProvider services)
    {
        var opened = ContentStore.Open(Options(services).Staging, services.GetRequiredService<FolderScanner>(), services.GetRequiredService<ILogger<ContentStore>>());
        return opened.Value ?? throw new InvalidOperationException(string.Join(" ", opened.Findings));
    }

    /// <summary>The engine's own registries that the options choose, and those of the application's.</summary>
    private static IEnumerable<IServiceRegistry> RegistriesOf(IServiceProvider services)
    {
        var options = Options(services).Services;
        if (options.Registry != ServiceRegistryKind.None) yield return services.GetRequiredService<MemoryServiceRegistry>();
        if (options.Registry == ServiceRegistryKind.File) yield return new FileServiceRegistry(options.File);
        foreach (var registry in services.GetServices<IServiceRegistry>()) yield return registry;
    }

    private static IEnumerable<string> ExtensionPointsOf(IServiceProvider services)
        => Options(services).SharedAssemblies.SelectMany(static a => a.GetExportedTypes())
            .SelectMany(static t => t.IsInterface ? ExtensionPointType.Declared(t) : []);
}
