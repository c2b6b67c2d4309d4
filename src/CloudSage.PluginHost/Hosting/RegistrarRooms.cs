using CloudSage.PluginHost.Registration.Placing;
using CloudSage.PluginHost.Staging;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>The rooms of the engine that a plugin walks through until it is let in, with a store for the time of an examination.</summary>
internal sealed class RegistrarRooms(PluginRegistrarOptions options) : IAsyncDisposable
{
    private DirectoryInfo? _store;
    private ServiceProvider? _services;

    /// <summary>The rooms, made when they are first needed.</summary>
    public IServiceProvider Services => _services ??= Create();

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync().ConfigureAwait(false);
        // Files of a store are read-only on Windows. What cannot be deleted at all is left to the system's own cleaning: the work is done.
        if (_store is not null) StoreFolder.TryDelete(_store.FullName);
    }

    private ServiceProvider Create()
    {
        _store = Directory.CreateTempSubdirectory("plugin-registration-");
        var services = new ServiceCollection();
        options.Services?.Invoke(services);
        return services
            .AddPluginHost(host =>
            {
                options.Host?.Invoke(host);
                host.Discovery.Directories.Clear();
                host.Discovery.Directories.Add(options.PluginDirectory);
                host.Staging.StoreDirectory = _store.FullName;
                host.Lifecycle.StateDirectory = options.StateDirectory;
                host.Registration.Environment = options.Environment;
            })
            .AddSingleton<PluginEntries>()
            .AddSingleton<IncomingPlugin>()
            .BuildServiceProvider();
    }
}
