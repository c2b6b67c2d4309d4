using System.Runtime.CompilerServices;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Diagnostics;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Unloading;
using CloudSage.UnloadZoo.Catalogue;
using CloudSage.Zoo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudSage.UnloadZoo.Columns;

/// <summary>Our host: the plugin is found in its folder, staged, verified, activated, called by the broker, and retired when an operator disables it.</summary>
internal static class HostColumn
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <param name="project">The plugin's project.</param>
    /// <param name="scenario">The full name of the scenario's class.</param>
    /// <param name="habitat">What the host has.</param>
    /// <param name="column">With or without assistance.</param>
    /// <param name="workspace">A folder for the store and the state.</param>
    /// <param name="whileItLeaves">Runs from before the plugin is retired until after the verdict, and says what others saw.</param>
    public static async Task<Observation> ObserveAsync(
        string project, string scenario, Habitat habitat, Column column, string workspace, Func<Func<Task<Observation>>, Task<Observation>>? whileItLeaves = null)
    {
        using var host = Build(project, column, workspace);
        await host.StartAsync();
        try
        {
            var plugins = host.Services.GetRequiredService<IPluginHost>();
            var name = project.Replace('.', '-').ToLowerInvariant();
            if (plugins.Find(name) is not { State: PluginState.Active })
                return Observation.Failed($"{name} is not active: {string.Join(" | ", plugins.Plugins.SelectMany(static p => p.Findings))}");

            var answer = await CallAsync(host.Services.GetRequiredService<IExtensionBroker>(), name, scenario, habitat);
            habitat.Started.Add(new Timer(static _ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan));
            return await (whileItLeaves ?? (static leave => leave()))(() => RetireAsync(plugins, name, answer, workspace));
        }
        finally
        {
            await host.StopAsync();
        }
    }

    private static IHost Build(string project, Column column, string workspace)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = workspace, DisableDefaults = true });
        builder.Services.AddPluginHost(options =>
        {
            // The build's own folder is the plugin's, and the one above it the drop folder.
            options.Discovery.Directories.Add(Path.GetDirectoryName(ZooFixtures.FolderOf(project))!);
            options.Discovery.SettleWindow = TimeSpan.FromMilliseconds(1);
            options.Share(typeof(IZoo).Assembly);
            // The report is asked for, once.
            options.Unloading.LeakReports.Automatic = false;
            if (column == Column.Unassisted) options.Unloading.Assistance = UnloadAssistance.Off;
        });
        builder.Services.AddLeakReports();
        return builder.Build();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<string> CallAsync(IExtensionBroker broker, string plugin, string scenario, Habitat habitat)
    {
        var outcome = await broker.InvokeAsync<IZoo, (string, Habitat), string>(
            plugin, (scenario, habitat), static (zoo, call, _) => zoo.RunAsync(call.Item1, call.Item2), null, CancellationToken.None);
        return outcome.Value ?? $"{Observation.Threw}{outcome.Fault?.ExceptionType} {outcome.Fault?.Message}";
    }

    private static async Task<Observation> RetireAsync(IPluginHost plugins, string name, string answer, string workspace)
    {
        await plugins.DisableAsync(name, CancellationToken.None);
        using var deadline = new CancellationTokenSource(Deadline);
        UnloadVerdict? verdict;
        while ((verdict = plugins.Find(name)?.LastUnload) is null) await Task.Delay(Pause, deadline.Token);

        // The host's word is checked: nothing that came from its store may be in memory.
        if (verdict.Collected && InMemory(workspace) is { } left) return Observation.Failed($"The host says that the plugin is gone, but {left} is in memory.");
        var observation = new Observation(verdict.Collected, verdict.Collections, verdict.Elapsed.TotalMilliseconds, answer);
        return verdict.Collected ? observation : await ReportAsync(observation, plugins, name);
    }

    private static async Task<Observation> ReportAsync(Observation observation, IPluginHost plugins, string name)
    {
        var diagnosis = await plugins.DiagnoseAsync(name, CancellationToken.None);
        if (diagnosis.Leaks.Count == 0) return observation;
        return observation with
        {
            Report = string.Join(Environment.NewLine, diagnosis.Leaks),
            Holders = [.. diagnosis.Leaks.SelectMany(static leak => leak.Holders).Select(static holder => $"{holder.Kind}: {string.Join(" at ", [holder.Path, .. holder.Stack])}")],
            ReportMilliseconds = diagnosis.Leaks.Max(static leak => leak.Elapsed).TotalMilliseconds,
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? InMemory(string folder) => AppDomain.CurrentDomain.GetAssemblies()
        .Where(a => !a.IsDynamic && a.Location.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .Select(static a => a.GetName().Name).FirstOrDefault();
}
