using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Unloading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>The host's evictors without a host.</summary>
internal sealed class Help : IDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Makes the evictors.</summary>
    /// <param name="level">Which of them run.</param>
    /// <param name="host">Services that they look at.</param>
    /// <param name="options">Further options.</param>
    public Help(UnloadAssistance level = UnloadAssistance.Full, Action<IServiceCollection>? host = null, Action<PluginHostOptions>? options = null)
    {
        var services = new ServiceCollection().AddOptions().AddLogging(b => b.AddProvider(Logs).SetMinimumLevel(LogLevel.Debug));
        services.AddPluginHost(o => o.Unloading.Assistance = level);
        if (options is not null) services.Configure(options);
        host?.Invoke(services);
        _services = services.BuildServiceProvider();
        Eviction = _services.GetRequiredService<PluginEviction>();
    }

    public CapturedLogs Logs { get; } = new();

    public PluginEviction Eviction { get; }

    public void Dispose() => _services.Dispose();
}
