using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Lifecycle;

namespace CloudSage.Benchmarks.Scale;

/// <summary>Many plugins in a whole host: its start, its memory, its rest.</summary>
internal static class HostWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const int Looks = 120;

    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    /// <summary>From an application that starts to plugins that have all answered.</summary>
    public static async Task<ChildResult> StartAsync(int count)
    {
        await WarmAsync();
        var before = Memory.Resident();
        var started = Effort.Now;
        await using var host = await RunningHost.StartAsync(plugins =>
        {
            Fill(plugins, count);
            started = Effort.Now;
        }, Configure);
        await CallAllAsync(host, count);
        var effort = Effort.Now.Since(started);
        return await WeighAsync(host, count, effort, before);
    }

    /// <summary>The same, but every plugin is staged and verified before, and held back by the operator until then.</summary>
    public static async Task<ChildResult> ReleaseAsync(int count)
    {
        await WarmAsync();
        var before = Memory.Resident();
        await using var host = await RunningHost.StartAsync(plugins =>
        {
            Fill(plugins, count);
            Operator(plugins).Change(_ => new HostState { Disabled = [.. Enumerable.Range(0, count).Select(Name)] });
        }, Configure);
        Operator(host.PluginDirectory).Change(static _ => new HostState());
        var started = Effort.Now;
        await host.Coordinator.ExecuteAsync(static commands => commands.Refresh(), rescan: false, CancellationToken.None);
        await CallAllAsync(host, count);
        var effort = Effort.Now.Since(started);
        return await WeighAsync(host, count, effort, before);
    }

    /// <summary>A host at rest.</summary>
    public static async Task<ChildResult> RestAsync(int count)
    {
        await using var host = await RunningHost.StartAsync(plugins => Fill(plugins, count), Configure);
        // The runtime compiles hot code again for a while after the start, and what looks at the folders does not get hot in a minute; neither is idling.
        // So many looks are an hour's.
        for (var look = 0; look < Looks; look++) await host.Plugins.SynchronizeAsync(CancellationToken.None);
        await Task.Delay(IdleTime / 2);
        var before = Effort.Now;
        await Task.Delay(IdleTime);
        return new ChildResult(0, 0, 0, IdleCpuPercent: Effort.Now.Since(before).Processor / IdleTime * 100);
    }

    /// <summary>A host of one plugin, started and stopped: what every plugin shares is paid for.</summary>
    private static async Task WarmAsync()
    {
        await using var host = await RunningHost.StartAsync(static plugins => Fill(plugins, 1), Configure);
        await CallAllAsync(host, 1);
    }

    private static void Configure(CloudSage.PluginHost.Hosting.PluginHostOptions options)
    {
        options.StartupWait = Patience;
        options.Lifecycle.RemovalGrace = TimeSpan.Zero;
    }

    private static void Fill(string plugins, int count)
    {
        for (var i = 0; i < count; i++) BuiltPlugin.Tiny.CopyTo(Path.Combine(plugins, Name(i)), Name(i));
    }

    private static async Task CallAllAsync(RunningHost host, int count)
    {
        for (var i = 0; i < count; i++) (await host.Broker.CallAsync(Name(i), Commands.Inline)).Checked();
    }

    private static async Task<ChildResult> WeighAsync(RunningHost host, int count, Effort effort, long before)
    {
        var held = Memory.Resident() - before;
        foreach (var folder in Directory.EnumerateDirectories(host.PluginDirectory)) Directory.Delete(folder, recursive: true);
        await host.Plugins.SynchronizeAsync(CancellationToken.None);
        if (host.Plugins.Plugins.FirstOrDefault(static p => p.State == PluginState.Active) is { } active)
            throw new InvalidOperationException($"{active.Name} still serves.");
        var left = Memory.ResidentAfterUnload() - before;
        return new ChildResult(effort.Time.TotalMilliseconds, effort.Processor.TotalMilliseconds, held / 1024.0 / count, left / 1024.0 / count);
    }

    private static string Name(int number) => $"plugin-{number}";

    private static StateFile Operator(string plugins) => new(Path.Combine(Path.GetDirectoryName(plugins)!, ".cloudsage", "state"));
}
