using System.Reflection;
using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Services;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Triggers;
using CloudSage.PluginHost.Unloading;

namespace CloudSage.PluginHost.Hosting;

/// <summary>How the plugin host works. Bound from the configuration section <c>PluginHost</c>; relative paths are relative to the content root.</summary>
public sealed class PluginHostOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string SectionName = "PluginHost";

    /// <summary>Where plugins are looked for.</summary>
    public DiscoveryOptions Discovery { get; } = new();

    /// <summary>Where verified content is kept.</summary>
    public StagingOptions Staging { get; } = new();

    /// <summary>How plugins get in.</summary>
    public RegistrationOptions Registration { get; } = new();

    /// <summary>How plugins are started, and their settings.</summary>
    public ActivationOptions Activation { get; } = new();

    /// <summary>What plugins may do.</summary>
    public PermissionOptions Permissions { get; } = new();

    /// <summary>How plugins are called.</summary>
    public BrokerOptions Broker { get; } = new();

    /// <summary>What makes plugins run.</summary>
    public TriggerOptions Triggers { get; } = new();

    /// <summary>How the host keeps its state and acts on changes.</summary>
    public LifecycleOptions Lifecycle { get; } = new();

    /// <summary>How plugins are stopped and unloaded.</summary>
    public UnloadOptions Unloading { get; } = new();

    /// <summary>How the host makes known what it serves.</summary>
    public ServicePublishingOptions Services { get; } = new();

    /// <summary>How long the start of the host waits for the plugins that are there. Those that need longer go on starting. Default: 60 s; zero does not wait.</summary>
    public TimeSpan StartupWait { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Keeps the process alive where a plugin throws on a thread or in an <c>async void</c> of its own. Takes the one handler
    /// that .NET has for this, and does nothing where the application has set its own. Default: true.
    /// </summary>
    public bool GuardUnhandledExceptions { get; set; } = true;

    internal List<Assembly> SharedAssemblies { get; } = [];

    internal List<Type> ForwardedContracts { get; } = [];

    /// <summary>
    /// Shares an assembly of the embedder's with its plugins: extension points and contracts of its own. Keep it small and free of implementations.
    /// </summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>These options.</returns>
    public PluginHostOptions Share(Assembly assembly)
    {
        SharedAssemblies.Add(assembly);
        return this;
    }

    /// <summary>
    /// Lets plugins have a host service injected. Its assembly is shared. Where the contract bears
    /// <see cref="Plugins.Permissions.RequiresPermissionAttribute"/>, only plugins that were granted the permission get it.
    /// </summary>
    /// <typeparam name="TContract">The service's contract, an interface that the host has registered.</typeparam>
    /// <returns>These options.</returns>
    public PluginHostOptions Forward<TContract>() where TContract : class
    {
        ForwardedContracts.Add(typeof(TContract));
        return Share(typeof(TContract).Assembly);
    }

    /// <summary>The simple names of the assemblies that host and plugins have in common: a plugin's own copy of one is never loaded.</summary>
    /// <returns>The names; .NET's own assemblies, which everybody shares, are not among them.</returns>
    public IReadOnlyCollection<string> GetSharedNames() => new SharedAssemblies(SharedAssemblies).SimpleNames;
}
