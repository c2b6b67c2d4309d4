using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Runtimes;
using CloudSage.PluginHost.Verification;

namespace CloudSage.Benchmarks.Loading;

/// <summary>The engine: context, entry type, container, activation, table; then a call through the broker.</summary>
internal sealed class EngineStart(EngineRooms rooms, PluginDescriptor plugin, bool call) : ILoadContender
{
    public string Name => call ? "**engine**, to the first answer" : "**engine**, to Active";

    public Durations Loading { get; } = new();

    public Durations Activation { get; } = new();

    public async ValueTask<ILoaded> LoadAsync()
    {
        var running = await rooms.StartAsync(plugin);
        rooms.Serve([running]);
        if (call) (await rooms.Broker.CallAsync(plugin.Name, Commands.Inline)).Checked();
        Loading.Add(running.LoadTime);
        Activation.Add(running.ActivationTime);
        return new Loaded(rooms, running);
    }

    private sealed class Loaded(EngineRooms rooms, IRunningPlugin running) : ILoaded
    {
        public async ValueTask UnloadAsync()
        {
            rooms.Serve([]);
            running.Target.Detach();
            await running.StopAsync();
            running.Unload(static _ => { });
        }
    }
}
