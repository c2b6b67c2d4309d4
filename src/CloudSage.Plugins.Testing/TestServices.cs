using CloudSage.PluginHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.Plugins.Testing;

/// <summary>The services of one test host: those of an application that embeds the plugin host, and nothing that it would not have.</summary>
internal sealed class TestServices : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Stack<IHostedService> _started = new();

    /// <summary>Registers the host.</summary>
    /// <param name="options">What the test wants.</param>
    /// <param name="folder">The host's folders.</param>
    /// <param name="log">Where it logs.</param>
    /// <param name="plugin">The plugin under test; null where its manifest cannot be read.</param>
    public TestServices(PluginTestOptions options, TestFolder folder, RecordedLog log, string? plugin)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        services.AddSingleton(options.Clock);
        foreach (var change in options.ServiceChanges) change(services);
        services.AddPluginHost(host => Configure(host, options, folder, plugin));
        _services = services.BuildServiceProvider();
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public T? Find<T>() where T : class => _services.GetService<T>();

    /// <summary>Starts what an application would start.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _services.GetService<IStartupValidator>()?.Validate();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            _started.Push(service);
            await service.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var service)) await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private static void Configure(PluginHostOptions host, PluginTestOptions options, TestFolder folder, string? plugin)
    {
        // Nobody is copying: what is not complete now never will be.
        host.Discovery.SettleWindow = TimeSpan.FromMilliseconds(20);
        host.Discovery.IncompleteGrace = TimeSpan.FromMilliseconds(100);
        // One report, when the test asks for it.
        host.Unloading.LeakReports.Automatic = false;
        if (plugin is not null)
        {
            host.Activation.Settings[plugin] = options.SettingValues;
            host.Permissions.Grants[plugin] = options.Grants;
        }

        foreach (var change in options.HostChanges) change(host);
        host.Discovery.Directories.Clear();
        host.Discovery.Directories.Add(folder.Plugins);
        host.Staging.StoreDirectory = folder["store"];
        host.Activation.DataDirectory = folder["data"];
        host.Lifecycle.StateDirectory = folder["state"];
    }
}
