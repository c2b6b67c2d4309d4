using CloudSage.Analysis.Hosting;
using CloudSage.Analysis;
using CloudSage.PluginHost.Diagnostics;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Triggers;
using CloudSage.PluginHost;
using CloudSage.Terminal.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudSage.Cli.Sessions;

/// <summary>A plugin host for the length of one command, with a store, a state and a data folder of its own: it never meets a worker's.</summary>
internal sealed class PluginSession : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IHost _host;

    private PluginSession(TemporaryFolder folder, IHost host) => (_folder, _host) = (folder, host);

    public IPluginHost Plugins => _host.Services.GetRequiredService<IPluginHost>();

    public ICostAnalyzer Analyzer => _host.Services.GetRequiredService<ICostAnalyzer>();

    public IPluginRunner Runner => _host.Services.GetRequiredService<IPluginRunner>();

    /// <summary>Starts the plugins of a folder; when it returns, each is active or says why not.</summary>
    public static async Task<PluginSession> StartAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        var session = new PluginSession(folder, Build(request, folder));
        try
        {
            if (request.Only is not null) await LeaveOutAsync(request.PluginFolder, request.Only, folder["state"], cancellationToken);
            await session._host.StartAsync(cancellationToken);
            await session.Plugins.SynchronizeAsync(cancellationToken);
            return session;
        }
        catch
        {
            // Whatever it was: the folder must not stay behind.
            await session.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Disables, for this session, what the one plugin does not need.</summary>
    private static async Task LeaveOutAsync(string plugins, string only, string state, CancellationToken cancellationToken)
    {
        var inventory = await PluginInventory.TakeAsync(PluginFolder.Options(plugins, state), cancellationToken);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([only]);
        while (open.TryDequeue(out var name))
        {
            if (!needed.Add(name)) continue;
            foreach (var dependency in inventory.Plugins.Where(p => p.Name == name).SelectMany(static p => p.Dependencies)) open.Enqueue(dependency);
        }

        var decisions = new OperatorDecisions(state, TimeProvider.System);
        foreach (var other in inventory.Plugins.Where(p => !needed.Contains(p.Name))) decisions.Disable(other.Name);
    }

    private static IHost Build(SessionRequest request, TemporaryFolder folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "csg", ContentRootPath = Directory.GetCurrentDirectory(),
        });
        builder.Logging.AddCompactConsole(standardError: true).SetMinimumLevel(request.Verbose ? LogLevel.Information : LogLevel.Warning);
        builder.Services.AddSingleton<IHostLifetime, SessionLifetime>();
        builder.Services.AddPluginHost(options => Configure(options, request, folder));
        builder.Services.AddLeakReports();
        builder.Services.AddCostAnalysis(options => options.Inventory = request.Inventory);
        return builder.Build();
    }

    private static void Configure(PluginHostOptions options, SessionRequest request, TemporaryFolder folder)
    {
        options.Discovery.Directories.Add(Path.GetFullPath(request.PluginFolder));
        options.Staging.StoreDirectory = folder["store"];
        options.Activation.DataDirectory = folder["data"];
        options.Lifecycle.StateDirectory = folder["state"];
        // Whoever runs csg chose the plugins and runs them as themselves: there is no other operator who could grant anything.
        options.Permissions.GrantDeclared = true;
        // Nobody reads reports that nobody asked for.
        options.Unloading.LeakReports.Automatic = false;
        foreach (var plugin in request.Settings.GroupBy(static s => s.Plugin, StringComparer.Ordinal))
            options.Activation.Settings[plugin.Key] = plugin.GroupBy(static s => s.Key).ToDictionary(static s => s.Key, static s => s.Last().Value);
    }
}
