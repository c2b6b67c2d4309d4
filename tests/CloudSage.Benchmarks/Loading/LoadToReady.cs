using System.Diagnostics;
using System.Runtime.Loader;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Verification;

namespace CloudSage.Benchmarks.Loading;

/// <summary>From staged files to a plugin that has answered, warm: each contender in turn, round after round, each plugin unloaded again.</summary>
internal static class LoadToReady
{
    public static async Task RunAsync(bool quick, TextWriter output)
    {
        using var rooms = new EngineRooms();
        await RunAsync("Load to ready: tiny plugin", rooms, await rooms.PrepareAsync(BuiltPlugin.Tiny, "tiny"), quick ? 40 : 400, output);
        await RunAsync("Load to ready: fat plugin (Newtonsoft.Json and logging, private)", rooms, await rooms.PrepareAsync(BuiltPlugin.Fat, "fat"), quick ? 20 : 200, output);
    }

    private static async Task RunAsync(string title, EngineRooms rooms, PluginDescriptor plugin, int rounds, TextWriter output)
    {
        var (active, called) = (new EngineStart(rooms, plugin, call: false), new EngineStart(rooms, plugin, call: true));
        ILoadContender[] contenders =
        [
            new RawContext(plugin.EntryPath), new ResolverContext(plugin.EntryPath), new LeanBuilder(plugin.EntryPath, rooms.Shared),
            new DefaultLoader(plugin.EntryPath), active, called,
        ];
        await RoundsAsync(contenders, Math.Max(5, rounds / 10));
        var samples = await RoundsAsync(contenders, rounds);

        var table = new ResultTable($"{title}, {rounds} rounds", "ratio of medians", "median us", "p95 us");
        for (var i = 0; i < contenders.Length; i++)
            table.Add(contenders[i].Name, samples[i].Median, ResultTable.Number(samples[i].Median), ResultTable.Number(samples[i].P95));
        table.Print(output);
        output.WriteLine($"\nEngine, medians: loading {ResultTable.Number(active.Loading.Median)} us, activation {ResultTable.Number(active.Activation.Median)} us. "
            + $"Contexts alive at the end: {Remaining()} of {contenders.Length * rounds}.");
    }

    private static async Task<Durations[]> RoundsAsync(ILoadContender[] contenders, int rounds)
    {
        var samples = contenders.Select(static _ => new Durations()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                // Who follows whom changes from round to round.
                var i = (round + (round % 2 == 0 ? turn : contenders.Length - turn)) % contenders.Length;
                var started = Stopwatch.GetTimestamp();
                var loaded = await contenders[i].LoadAsync();
                samples[i].Add(started);
                await loaded.UnloadAsync();
            }

            Heap.Settle();
        }

        return samples;
    }

    private static int Remaining()
    {
        Heap.Settle();
        return AssemblyLoadContext.All.Count(static c => c.IsCollectible);
    }
}
