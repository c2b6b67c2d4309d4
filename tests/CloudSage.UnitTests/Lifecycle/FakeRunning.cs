using System.Runtime.Loader;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;
using CloudSage.UnitTests.Brokering;
using CloudSage.UnitTests.Resolution;

namespace CloudSage.UnitTests.Lifecycle;

/// <summary>A version that runs on paper: nothing is loaded, but it can be called.</summary>
internal sealed class FakeRunning(PluginDescriptor descriptor, BrokerOptions? options = null) : IRunningPlugin
{
    public PluginDescriptor Descriptor => descriptor;

    public ExtensionTarget Target { get; } = new(
        descriptor.Name, descriptor.Manifest.Version, new Probe(), [new ExtensionRegistration(typeof(IProbe), "Probe", 0)],
        new CircuitBreaker(options ?? new BrokerOptions(), TimeProvider.System));

    public IReadOnlyList<string> GrantedPermissions => [];

    public TimeSpan LoadTime => TimeSpan.Zero;

    public TimeSpan ActivationTime => TimeSpan.Zero;

    public List<string> Calls { get; } = [];

    public WeakReference? Remains { get; init; }

    public WeakReference? Residence { get; init; }

    public Func<Task> Stop { get; init; } = static () => Task.CompletedTask;

    /// <summary>What does not end when it is stopped.</summary>
    public IReadOnlyList<Straggler> Stragglers { get; init; } = [];

    public PluginFault? LastFault { get; init; }

    public PluginHealth Health { get; init; } = PluginHealth.Healthy;

    public static PluginDescriptor Version(string name, string version = "1.0.0", string? hash = null, params PluginHost.Manifests.ManifestDependency[] needs)
    {
        var plain = Descriptors.Plugin(name, version, needs);
        return plain with { Hash = hash ?? $"{name}-{version}", Manifest = plain.Manifest with { Language = "fake" } };
    }

    public Task<PluginHealth> CheckHealthAsync(CancellationToken cancellationToken) => Task.FromResult(Health);

    public async Task<IReadOnlyList<Straggler>> StopAsync()
    {
        Calls.Add("stop");
        await Stop();
        return Stragglers;
    }

    public WeakReference? Unload(Action<AssemblyLoadContext> evict)
    {
        Calls.Add("unload");
        return Remains;
    }
}
