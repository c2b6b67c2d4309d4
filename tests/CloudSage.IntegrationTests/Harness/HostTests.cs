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
}
