using System.Runtime.Loader;
using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;

namespace CloudSage.PluginHost.Runtimes;

/// <summary>Runs plugins of one language.</summary>
internal interface IPluginRuntime
{
    /// <summary>The manifest's <c>runtime.language</c> that this runtime serves.</summary>
    string Language { get; }

    /// <summary>Loads and activates a plugin. Expected failures are in the result; after one, nothing of the plugin runs.</summary>
    Task<RuntimeStart> StartAsync(PluginDescriptor plugin, CancellationToken cancellationToken);
}

/// <summary>What came of starting a plugin.</summary>
/// <param name="Plugin">The running plugin; null where it failed.</param>
/// <param name="Findings">Why it failed, or what else was found.</param>
/// <param name="Remains">What a failed start left to be unloaded, and watched until it is gone from memory.</param>
/// <param name="Stragglers">What of a failed start still runs.</param>
internal sealed record RuntimeStart(
    IRunningPlugin? Plugin, IReadOnlyList<Finding> Findings, LoadedPlugin? Remains = null, IReadOnlyList<Straggler>? Stragglers = null);

/// <summary>One version of a plugin that serves.</summary>
internal interface IRunningPlugin
{
    PluginDescriptor Descriptor { get; }

    /// <summary>What the broker calls.</summary>
    ExtensionTarget Target { get; }

    IReadOnlyList<string> GrantedPermissions { get; }

    TimeSpan LoadTime { get; }

    TimeSpan ActivationTime { get; }

    Task<PluginHealth> CheckHealthAsync(CancellationToken cancellationToken);

    /// <summary>Where it lives in this process; null where it lives elsewhere.</summary>
    WeakReference? Residence { get; }

    /// <summary>The last failure inside it outside of calls, such as in background work.</summary>
    PluginFault? LastFault { get; }

    /// <summary>Stops and disposes the plugin, each step within its deadline. Never throws.</summary>
    /// <returns>What did not end and still runs.</returns>
    Task<IReadOnlyList<Straggler>> StopAsync();

    /// <summary>Lets go of everything; what is returned tells when the plugin is really gone. Null where that has no meaning.</summary>
    /// <param name="evict">Frees the plugin of what it left behind in the process, right before it is unloaded.</param>
    WeakReference? Unload(Action<AssemblyLoadContext> evict);
}
