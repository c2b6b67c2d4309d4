using System.Diagnostics;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;

namespace CloudSage.Benchmarks.Changes;

/// <summary>A whole plugin folder is moved into the plugin directory; ends with the first call that is served. And the way back, until it left memory.</summary>
internal sealed class HotAdd(RunningHost host, EventLog events)
{
    public Durations Served { get; } = new();

    public Durations Cycle { get; } = new();

    /// <summary>The engine's own part of <see cref="Served"/>: from complete to Active.</summary>
    public Durations Active { get; } = new();

    public async Task RunAsync(int number)
    {
        var name = $"added-{number}";
        var source = BuiltPlugin.Tiny.CopyTo(Path.Combine(host.Outside, name), name);
        var target = Path.Combine(host.PluginDirectory, name);
        events.Forget();

        var started = Stopwatch.GetTimestamp();
        Directory.Move(source, target);
        await events.UntilAsync(PluginEventKind.Added, name);
        (await host.Broker.CallAsync(name, Commands.Inline)).Checked();
        Served.Add(started);
        Active.Add(host.Plugins.Find(name)!.Timings!.Total);

        Directory.Move(target, source);
        await events.UntilAsync(PluginEventKind.Collected, name);
        Cycle.Add(started);
        Directory.Delete(source, recursive: true);
    }
}
