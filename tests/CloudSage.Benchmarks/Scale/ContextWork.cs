using System.Runtime.CompilerServices;
using CloudSage.Benchmarks.Loading;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Verification;

namespace CloudSage.Benchmarks.Scale;

/// <summary>Many plugins one after another, staged already, without a coordinator: contexts of every make, and the engine's runtime.</summary>
internal static class ContextWork
{
    public static async Task<ChildResult> LoadAsync(string work, int count)
    {
        using var rooms = new EngineRooms();
        var plugins = new List<PluginDescriptor>();
        for (var i = 0; i <= count; i++) plugins.Add(await rooms.PrepareAsync(BuiltPlugin.Tiny, $"plugin-{i}"));

        // The first pays for what every plugin shares.
        var first = await LoadAllAsync(work, rooms, plugins[..1]);
        var before = Memory.Resident();
        var started = Effort.Now;
        var loaded = await LoadAllAsync(work, rooms, plugins[1..]);
        var effort = Effort.Now.Since(started);
        var held = Memory.Resident() - before;
        await UnloadAsync(loaded);
        var left = Memory.ResidentAfterUnload() - before;
        GC.KeepAlive(first);
        return new ChildResult(effort.Time.TotalMilliseconds, effort.Processor.TotalMilliseconds, held / 1024.0 / count, left / 1024.0 / count);
    }

    private static async Task<List<ILoaded>> LoadAllAsync(string work, EngineRooms rooms, List<PluginDescriptor> plugins)
    {
        var loaded = new List<ILoaded>();
        var serving = new List<IRunningPlugin>();
        foreach (var plugin in plugins) loaded.Add(await LoadAsync(work, rooms, plugin, serving));
        return loaded;
    }

    private static async Task<ILoaded> LoadAsync(string work, EngineRooms rooms, PluginDescriptor plugin, List<IRunningPlugin> serving)
    {
        switch (work)
        {
            case ChildWork.Raw: return await new RawContext(plugin.EntryPath).LoadAsync();
            case ChildWork.Lean: return await new LeanBuilder(plugin.EntryPath, rooms.Shared).LoadAsync();
            case ChildWork.Default: return await new DefaultLoader(plugin.EntryPath).LoadAsync();
            default:
                var running = await rooms.StartAsync(plugin);
                serving.Add(running);
                rooms.Serve([running]);
                (await rooms.Broker.CallAsync(plugin.Name, Commands.Inline)).Checked();
                return new Serving(rooms, running);
        }
    }

    /// <summary>In a frame of its own, so that none of its callers' keeps what is unloaded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task UnloadAsync(List<ILoaded> loaded)
    {
        foreach (var plugin in loaded) await plugin.UnloadAsync();
        loaded.Clear();
    }

    private sealed class Serving(EngineRooms rooms, IRunningPlugin running) : ILoaded
    {
        private IRunningPlugin? _running = running;

        public async ValueTask UnloadAsync()
        {
            rooms.Serve([]);
            _running!.Target.Detach();
            await _running.StopAsync();
            _running.Unload(static _ => { });
            _running = null;
        }
    }
}
