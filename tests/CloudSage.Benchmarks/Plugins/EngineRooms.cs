using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Benchmarks.Plugins;

/// <summary>The rooms of the engine without its coordinator: for measuring one stage at a time.</summary>
internal sealed class EngineRooms : IDisposable
{
    private readonly WorkFolder _folder = new();
    private readonly ServiceProvider _services;

    public EngineRooms()
    {
        _services = new ServiceCollection().AddPluginHost(o =>
        {
            o.Staging.StoreDirectory = _folder["store"];
            o.Activation.DataDirectory = _folder["data"];
            o.Lifecycle.StateDirectory = _folder["state"];
        }).BuildServiceProvider();
        Runtime = _services.GetRequiredService<IPluginRuntime>();
        Directory = _services.GetRequiredService<ExtensionDirectory>();
        Broker = _services.GetRequiredService<IExtensionBroker>();
        Wheel = _services.GetRequiredService<DeadlineWheel>();
        Shared = _services.GetRequiredService<SharedAssemblies>();
    }

    public IPluginRuntime Runtime { get; }

    public ExtensionDirectory Directory { get; }

    public IExtensionBroker Broker { get; }

    public DeadlineWheel Wheel { get; }

    public SharedAssemblies Shared { get; }

    /// <summary>Stages and verifies a plugin, as the host would.</summary>
    public async Task<PluginDescriptor> PrepareAsync(BuiltPlugin plugin, string name)
    {
        var path = plugin.CopyTo(_folder[name], name);
        var candidate = _services.GetRequiredService<FolderScanner>().Look(path, CancellationToken.None)!;
        var prepared = await _services.GetRequiredService<PluginPreparation>().PrepareAsync(candidate, new PreparationContext(), CancellationToken.None);
        return prepared.Plugin?.Descriptor ?? throw new InvalidOperationException(string.Join('\n', prepared.Findings));
    }

    /// <summary>Loads and activates a plugin, without putting it into the table.</summary>
    public async Task<IRunningPlugin> StartAsync(PluginDescriptor plugin)
    {
        var start = await Runtime.StartAsync(plugin, CancellationToken.None);
        return start.Plugin ?? throw new InvalidOperationException(string.Join('\n', start.Findings));
    }

    public void Serve(IReadOnlyCollection<IRunningPlugin> plugins) => Directory.Swap(new ExtensionTable([.. plugins.Select(static p => p.Target)]));

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }
}
