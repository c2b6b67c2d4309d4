using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Unloading;
using CloudSage.PluginHost.Unloading.Eviction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudSage.IntegrationTests.Unloading.Eviction;

/// <summary>The evictors as the host registers them.</summary>
internal sealed class Evictors : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddUnloading().BuildServiceProvider();

    public IReadOnlyList<IEvictor> All => [.. _services.GetServices<IEvictor>()];

    public PluginEviction Full => Of(All);

    /// <summary>All but one: what is freed by the rest does not need it.</summary>
    public PluginEviction Without(Type evictor) => Of(All.Where(e => e.GetType() != evictor));

    public static PluginEviction Of(IEnumerable<IEvictor> evictors)
        => new(evictors, new Options(), NullLogger<PluginEviction>.Instance);

    public void Dispose() => _services.Dispose();

    private sealed class Options : IOptionsMonitor<UnloadOptions>
    {
        public UnloadOptions CurrentValue { get; } = new();

        public UnloadOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<UnloadOptions, string?> listener) => null;
    }
}
