using CloudSage.PluginHost.Hosting;
using Microsoft.Extensions.Hosting;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>Gives each test folders of its own.</summary>
internal abstract class HostTests : IDisposable
{
    protected Workspace Place { get; } = new();

    protected DropFolder Plugins => Place.Plugins;

    public void Dispose()
    {
        Place.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<PluginHostFixture> StartAsync(Action<PluginHostOptions>? options = null, Action<HostApplicationBuilder>? host = null)
        => PluginHostFixture.StartAsync(Place, options, host);

    /// <summary>Waits until the host has looked at the folders as they are now: a plugin that is added beside comes after that.</summary>
    protected async Task Looks(PluginHostFixture host)
    {
        var witness = new PluginSource($"witness-{Guid.NewGuid():n}") { Source = "public static class Nothing;" }.Build();
        Plugins.AddLoose($"{witness.Name}.dll", witness[$"{witness.Name}.dll"]);
        await host.BecomesAsync(witness.Name, PluginState.Discovered);
    }
}
