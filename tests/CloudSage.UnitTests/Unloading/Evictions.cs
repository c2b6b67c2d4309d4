using CloudSage.PluginHost.Unloading;
using CloudSage.PluginHost.Unloading.Eviction;
using CloudSage.UnitTests.Activation;
using Microsoft.Extensions.Logging.Testing;

namespace CloudSage.UnitTests.Unloading;

/// <summary>Evictions for tests.</summary>
internal static class Evictions
{
    /// <summary>Removes nothing.</summary>
    public static PluginEviction None => Of(UnloadAssistance.Full);

    public static PluginEviction Of(UnloadAssistance assistance, params IEvictor[] evictors)
        => new(evictors, new Fixed<UnloadOptions>(new UnloadOptions { Assistance = assistance }), new FakeLogger<PluginEviction>());
}
