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

    /// <summary>The parts of <see cref="Cycle"/>, one after another.</summary>
    public IReadOnlyList<(string Name, Durations Durations)> Parts { get; } =
    [
        .. ((string[])[
            "moved in, until it is found complete", "staged", "verified", "loaded", "activated", "posted, planned, published", "event and first call",
            "moved out, until it is unloaded: signal, scan, drain, stop", "evicted, unloaded, collected twice, judged", "event",
        ]).Select(static name => (name, new Durations())),
    ];

    /// <summary>What two collections take in this process by themselves.</summary>
    public Durations Collections { get; } = new();

    public async Task RunAsync(int number)
    {
        var name = $"added-{number}";
        var source = BuiltPlugin.Tiny.CopyTo(Path.Combine(host.Outside, name), name);
        var target = Path.Combine(host.PluginDirectory, name);
        events.Forget();

        var (started, startedAt) = (Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow);
        Directory.Move(source, target);
        var added = await events.UntilAsync(PluginEventKind.Added, name);
        (await host.Broker.CallAsync(name, Commands.Inline)).Checked();
        Served.Add(started);
        var served = Stopwatch.GetElapsedTime(started);
        var status = host.Plugins.Find(name)!;
        var times = status.Timings!;
        Active.Add(times.Total);

        var (movedOut, movedOutAt) = (Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow);
        Directory.Move(target, source);
        var collected = await events.UntilAsync(PluginEventKind.Collected, name);
        var left = Stopwatch.GetElapsedTime(movedOut);
        Cycle.Add(started);
        Note(times, added.At - startedAt, served, collected, movedOutAt, left);
        Directory.Delete(source, recursive: true);
        var collecting = Stopwatch.GetTimestamp();
        Heap.Settle();
        Collections.Add(collecting);
    }

    private void Note(PluginTimings times, TimeSpan untilAdded, TimeSpan served, PluginEvent collected, DateTimeOffset movedOutAt, TimeSpan left)
    {
        var (judged, verdict) = (collected.At - movedOutAt, collected.Elapsed!.Value);
        TimeSpan[] parts =
        [
            untilAdded - times.Total, times.Staging, times.Verification, times.Loading, times.Activation,
            times.Total - times.Staging - times.Verification - times.Loading - times.Activation, served - untilAdded,
            judged - verdict, verdict, left - judged,
        ];
        foreach (var (part, (_, durations)) in parts.Zip(Parts)) durations.Add(part);
    }
}
