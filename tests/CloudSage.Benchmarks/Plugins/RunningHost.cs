using CloudSage.Analysis;
using CloudSage.Analysis.Hosting;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudSage.Benchmarks.Plugins;

/// <summary>A whole host, as an application embeds it, over a plugin directory of its own. Without logging: a benchmark of consoles is none.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly WorkFolder _folder;
    private readonly IHost _host;

    private RunningHost(WorkFolder folder, IHost host) => (_folder, _host) = (folder, host);

    public IPluginHost Plugins => _host.Services.GetRequiredService<IPluginHost>();

    public IExtensionBroker Broker => _host.Services.GetRequiredService<IExtensionBroker>();

    public ICostAnalyzer Analyzer => _host.Services.GetRequiredService<ICostAnalyzer>();

    public PluginCoordinator Coordinator => _host.Services.GetRequiredService<PluginCoordinator>();

    public string PluginDirectory => PluginsOf(_folder);

    /// <summary>A folder beside the plugin directory, on the same file system, from which plugins can be moved in.</summary>
    public string Outside => _folder["outside"];

    public static async Task<RunningHost> StartAsync(Action<string>? fill = null, Action<PluginHostOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var folder = new WorkFolder();
        Directory.CreateDirectory(PluginsOf(folder));
        Directory.CreateDirectory(folder["outside"]);
        fill?.Invoke(PluginsOf(folder));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.Path });
        builder.Services.AddPluginHost(o =>
        {
            o.Permissions.GrantDeclared = true;
            configure?.Invoke(o);
        });
        builder.Services.AddCostAnalysis();
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new RunningHost(folder, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }

    private static string PluginsOf(WorkFolder folder) => folder["plugins"];
}
