using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;

namespace CloudSage.Benchmarks.Changes;

/// <summary>From a change in the plugin directory to a call that the changed plugin serves.</summary>
internal static class FolderChanges
{
    public static async Task RunAsync(bool quick, TextWriter output)
    {
        var rounds = quick ? 10 : 100;
        await using var host = await RunningHost.StartAsync();
        await using var eager = await RunningHost.StartAsync(configure: static o => o.Lifecycle.RemovalGrace = TimeSpan.Zero);
        await using var events = new EventLog(host.Plugins);
        await using var eagerEvents = new EventLog(eager.Plugins);
        using var floor = new SignalAndLoad();
        using var reload = new HotReload();
        var (add, eagerAdd, upgrade) = (new HotAdd(host, events), new HotAdd(eager, eagerEvents), new HotUpgrade(host, events));
        await upgrade.StartAsync();
        for (var round = 0; round < rounds; round++)
        {
            await floor.RunAsync(round);
            await add.RunAsync(round);
            await eagerAdd.RunAsync(round);
            await upgrade.RunAsync(round);
            await reload.RunAsync();
            Heap.Settle();
        }

        Table("Hot add: a folder is moved in, until its first call is served", [
            ("change signal and raw context, nothing checked", floor.Served), ("**engine**", add.Served),
            ("of which: from complete to Active", add.Active)], output);
        Table("Hot upgrade: files are overwritten in place, until the new version serves a call", [
            ("McMaster hot reload, default debounce", reload.Served), ("**engine**", upgrade.Served)], output);
        Table("Full cycle: moved in, called, moved out, left memory", [
            ("**engine**, removal grace 0", eagerAdd.Cycle), ("**engine**, default removal grace 500 ms", add.Cycle)], output);
        Table("Parts of a full cycle", [("**whole cycle**, removal grace 0", eagerAdd.Cycle), .. eagerAdd.Parts, ("two collections in this process, nothing to collect", eagerAdd.Collections)], output);
    }

    private static void Table(string title, (string Name, Durations Durations)[] rows, TextWriter output)
    {
        var table = new ResultTable($"{title}, {rows[0].Durations.Count} rounds", "ratio of medians", "median ms", "p95 ms");
        foreach (var (name, durations) in rows)
            table.Add(name, durations.Median, ResultTable.Number(durations.Median / 1000), ResultTable.Number(durations.P95 / 1000));
        table.Print(output);
    }
}
