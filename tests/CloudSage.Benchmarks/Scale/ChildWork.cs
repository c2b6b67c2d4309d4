using System.Diagnostics;
using CloudSage.Benchmarks.Loading;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Verification;

namespace CloudSage.Benchmarks.Scale;

/// <summary>What a child process is asked to do: keep a number of plugins loaded, and say how long that took and what it holds.</summary>
internal static class ChildWork
{
    public const string Idle = "idle";
    private const string Raw = "raw";
    private const string Lean = "lean";
    private const string Default = "default";
    private const string Runtime = "runtime";
    private const string WholeHost = "host";

    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<string> All { get; } = [Raw, Lean, Default, Runtime, WholeHost];

    public static string Describe(string work) => work switch
    {
        Raw => "collectible contexts",
        Lean => "McMaster's builder, lean",
        Default => "PluginLoader.CreateFromAssemblyFile",
        Runtime => "**engine**, staged already, one after another",
        _ => "**engine**, whole host: discover, settle, stage, verify, load, activate",
    };

    public static async Task<ChildResult> RunAsync(string work, int count) => work switch
    {
        WholeHost => await StartHostAsync(count),
        Idle => await RestAsync(count),
        _ => await LoadAsync(work, count),
    };

    private static async Task<ChildResult> LoadAsync(string work, int count)
    {
        using var rooms = new EngineRooms();
        var plugins = new List<PluginDescriptor>();
        for (var i = 0; i <= count; i++) plugins.Add(await rooms.PrepareAsync(BuiltPlugin.Tiny, $"plugin-{i}"));

        // The first pays for what every plugin shares.
        var kept = new List<object> { await LoadAsync(work, rooms, plugins[0], []) };
        var before = Resident();
        var started = Stopwatch.GetTimestamp();
        var serving = new List<IRunningPlugin>();
        foreach (var plugin in plugins.Skip(1)) kept.Add(await LoadAsync(work, rooms, plugin, serving));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var result = new ChildResult(elapsed.TotalMilliseconds, (Resident() - before) / 1024.0 / count);
        GC.KeepAlive(kept);
        return result;
    }

    private static async Task<object> LoadAsync(string work, EngineRooms rooms, PluginDescriptor plugin, List<IRunningPlugin> serving)
    {
        switch (work)
        {
            case Raw: return await new RawContext(plugin.EntryPath).LoadAsync();
            case Lean: return await new LeanBuilder(plugin.EntryPath, rooms.Shared).LoadAsync();
            case Default: return await new DefaultLoader(plugin.EntryPath).LoadAsync();
            default:
                var running = await rooms.StartAsync(plugin);
                serving.Add(running);
                rooms.Serve(serving);
                (await rooms.Broker.CallAsync(plugin.Name, Commands.Inline)).Checked();
                return running;
        }
    }

    private static async Task<ChildResult> StartHostAsync(int count)
    {
        var before = Resident();
        var started = 0L;
        await using var host = await RunningHost.StartAsync(plugins =>
        {
            for (var i = 0; i < count; i++) BuiltPlugin.Tiny.CopyTo(Path.Combine(plugins, $"plugin-{i}"), $"plugin-{i}");
            started = Stopwatch.GetTimestamp();
        }, static o => o.StartupWait = TimeSpan.FromMinutes(10));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var active = host.Plugins.Plugins.Count(static p => p.State == PluginState.Active);
        return active == count
            ? new ChildResult(elapsed.TotalMilliseconds, (Resident() - before) / 1024.0 / count)
            : throw new InvalidOperationException($"Only {active} of {count} plugins are active.");
    }

    private static async Task<ChildResult> RestAsync(int count)
    {
        await using var host = await RunningHost.StartAsync(plugins =>
        {
            for (var i = 0; i < count; i++) BuiltPlugin.Tiny.CopyTo(Path.Combine(plugins, $"plugin-{i}"), $"plugin-{i}");
        });
        // The runtime compiles hot code again for a while after the start; that is not idling.
        await Task.Delay(IdleTime / 2);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(IdleTime);
        process.Refresh();
        return new ChildResult(0, 0, (process.TotalProcessorTime - before) / IdleTime * 100);
    }

    private static long Resident()
    {
        Heap.Settle();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
