using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Runtimes;

/// <summary>Runs .NET plugins in the host's process, each in a collectible load context. In-process means trusted: see the README.</summary>
internal sealed class InProcessRuntime(PluginLoader loader, PluginActivator activator, IOptions<BrokerOptions> broker, TimeProvider clock) : IPluginRuntime
{
    public const string DotNet = "dotnet";

    public string Language => DotNet;

    public async Task<RuntimeStart> StartAsync(PluginDescriptor plugin, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var loaded = loader.Load(plugin);
        if (loaded.Value is null) return new RuntimeStart(null, loaded.Findings);
        var loadTime = clock.GetElapsedTime(started);

        started = clock.GetTimestamp();
        ActivationOutcome activated;
        try
        {
            activated = await activator.ActivateAsync(loaded.Value, plugin, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // A defect, or a service of the host's that cannot be made: whoever asked hears of it, and nothing of the plugin stays loaded.
            loaded.Value.Unload(static _ => { });
            throw;
        }

        if (activated.Plugin is null) return new RuntimeStart(null, activated.Findings, loaded.Value, activated.Stragglers);
        var running = InProcessPlugin.Create(plugin, loaded.Value, activated.Plugin, new CircuitBreaker(broker.Value, clock), loadTime, clock.GetElapsedTime(started));
        return new RuntimeStart(running, [.. loaded.Findings, .. activated.Findings]);
    }

    private sealed class InProcessPlugin(
        PluginDescriptor descriptor, LoadedPlugin loaded, ActivatedPlugin activated, ExtensionTarget target, TimeSpan loadTime, TimeSpan activationTime) : IRunningPlugin
    {
        public PluginDescriptor Descriptor => descriptor;

        public ExtensionTarget Target => target;

        public IReadOnlyList<string> GrantedPermissions => activated.Gate.Granted;

        public WeakReference? Residence => loaded.Residence;

        public TimeSpan LoadTime => loadTime;

        public TimeSpan ActivationTime => activationTime;

        /// <summary>In a frame of its own: the entry object passes through here and must stay in no state machine.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static InProcessPlugin Create(
            PluginDescriptor plugin, LoadedPlugin loaded, ActivatedPlugin activated, CircuitBreaker breaker, TimeSpan loadTime, TimeSpan activationTime)
        {
            var priorities = plugin.Manifest.ExtensionPoints.ToDictionary(static p => p.Point, static p => p.Priority, StringComparer.Ordinal);
            ExtensionRegistration[] registrations = [.. loaded.Entry.ExtensionPoints.Select(p => new ExtensionRegistration(p.Type, p.Name, priorities.GetValueOrDefault(p.Name)))];
            var target = new ExtensionTarget(plugin.Name, plugin.Manifest.Version, activated.Entry, registrations, breaker);
            return new InProcessPlugin(plugin, loaded, activated, target, loadTime, activationTime);
        }

        public PluginFault? LastFault => activated.Scope.LastFault;

        public Task<PluginHealth> CheckHealthAsync(CancellationToken cancellationToken) => activated.Scope.Failure is { } failure
            ? Task.FromResult(PluginHealth.Unhealthy(failure))
            : activated.CheckHealthAsync(cancellationToken);

        public async Task<IReadOnlyList<Straggler>> StopAsync()
        {
            await activated.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return activated.Stragglers;
        }

        public WeakReference? Unload(Action<AssemblyLoadContext> evict) => loaded.Unload(evict);
    }
}
