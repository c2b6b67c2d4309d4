using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Runtimes;

namespace CloudSage.Benchmarks.Dispatch;

/// <summary>Plugins in their contexts, served by the broker, and their entry objects for direct calls.</summary>
internal sealed class ServingPlugins : IDisposable
{
    private readonly EngineRooms _rooms = new();
    private readonly List<IRunningPlugin> _plugins = [];

    public IExtensionBroker Broker => _rooms.Broker;

    public static ServingPlugins Start(BuiltPlugin plugin, int count = 1)
    {
        var serving = new ServingPlugins();
        serving.StartAsync(plugin, count).GetAwaiter().GetResult();
        return serving;
    }

    /// <summary>The first plugin's name, made once: making a name costs as much as a call.</summary>
    public static string First { get; } = NameOf(0);

    public static string NameOf(int number) => $"plugin-{number}";

    public ExtensionTarget Target => _plugins[0].Target;

    public DeadlineWheel Wheel => _rooms.Wheel;

    public TExtension Entry<TExtension>(int number = 0) where TExtension : class
    {
        var lease = _plugins[number].Target.TryLease<TExtension>(out var entry) ?? throw new InvalidOperationException("The plugin does not serve.");
        lease.End();
        return entry!;
    }

    public void Dispose() => _rooms.Dispose();

    private async Task StartAsync(BuiltPlugin plugin, int count)
    {
        for (var i = 0; i < count; i++) _plugins.Add(await _rooms.StartAsync(await _rooms.PrepareAsync(plugin, NameOf(i))));
        _rooms.Serve(_plugins);
    }
}
