using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Cli.Sessions;

/// <summary>NuGet's packages for the length of one command, with sources and credentials as NuGet.Config has them.</summary>
internal sealed class PackageSession : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    /// <param name="requiresSignatures">Whether every package must be signed by someone whom this machine trusts.</param>
    /// <param name="more">Adds what the command needs besides.</param>
    public PackageSession(bool requiresSignatures, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection()
            .AddPluginHost(options => (options.Staging.StoreDirectory, options.Lifecycle.StateDirectory) = (_folder["store"], _folder["state"]))
            .AddPluginPackages(options => options.Signatures = requiresSignatures ? SignatureMode.Require : SignatureMode.Accept);
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public IServiceProvider Services => _services;

    public PluginPackages Packages => _services.GetRequiredService<PluginPackages>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
