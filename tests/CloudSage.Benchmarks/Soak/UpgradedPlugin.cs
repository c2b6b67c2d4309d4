using System.Globalization;
using CloudSage.Benchmarks.Changes;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;

namespace CloudSage.Benchmarks.Soak;

/// <summary>A plugin in a whole host: its folder is swapped for that of the next version.</summary>
internal sealed class UpgradedPlugin : IUpgraded
{
    private const string Name = "upgraded";

    private readonly BuiltPlugin _plugin;
    private readonly RunningHost _host;
    private readonly EventLog _events;
    private readonly string _place;

    private UpgradedPlugin(BuiltPlugin plugin, RunningHost host)
    {
        (_plugin, _host, _events) = (plugin, host, new EventLog(host.Plugins));
        _place = Path.Combine(host.PluginDirectory, Name);
    }

    public string Folder => Path.GetDirectoryName(_host.PluginDirectory)!;

    public static async Task<UpgradedPlugin> StartAsync(BuiltPlugin plugin)
    {
        var upgraded = new UpgradedPlugin(plugin, await RunningHost.StartAsync());
        Directory.Move(upgraded.CopyVersion(0), upgraded._place);
        await upgraded._events.UntilAsync(PluginEventKind.Added, Name);
        await upgraded.CallAsync(0);
        return upgraded;
    }

    public async Task<Upgrade> NextAsync(int version)
    {
        var (old, next) = (Path.Combine(_host.Outside, "old"), CopyVersion(version));
        Directory.Move(_place, old);
        Directory.Move(next, _place);
        await _events.UntilAsync(PluginEventKind.Upgraded, Name, Number(version));
        var served = await CallAsync(version);
        var left = await _events.LeftMemoryAsync(Name, Number(version - 1));
        Directory.Delete(old, recursive: true);
        return new Upgrade(served, left, _host.Plugins.Find(Name)!.LastUnload!.Collections);
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await _host.DisposeAsync();
    }

    private string CopyVersion(int number) => _plugin.CopyTo(Path.Combine(_host.Outside, $"new-{number}"), Name, Number(number));

    private async Task<bool> CallAsync(int version)
    {
        var outcome = await _host.Broker.CallAsync(Name);
        return outcome.Succeeded && outcome.Value!.Succeeded && outcome.Version == Number(version);
    }

    private static string Number(int version) => string.Create(CultureInfo.InvariantCulture, $"1.0.{version}");
}
