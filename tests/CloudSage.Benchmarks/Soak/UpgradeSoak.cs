using System.Globalization;
using CloudSage.Benchmarks.Changes;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;

namespace CloudSage.Benchmarks.Soak;

/// <summary>
/// One plugin that uses a database, JSON, converters, a timer and logging is upgraded a thousand times in one process. Every
/// version must leave memory, and what the process holds must not grow.
/// </summary>
internal static class UpgradeSoak
{
    private const string Name = "everyday";

    public static async Task RunAsync(bool quick, TextWriter output)
    {
        var (cycles, step) = quick ? (40, 10) : (1000, 100);
        await using var host = await RunningHost.StartAsync();
        await using var events = new EventLog(host.Plugins);
        var folder = Path.Combine(host.PluginDirectory, Name);
        Directory.Move(Version(0), folder);
        await events.UntilAsync(PluginEventKind.Added, Name);
        await CallAsync(host, 0);

        var table = new ResultTable($"{cycles} upgrades of an everyday plugin", "ratio of resident memory", "resident MiB", "managed MiB", "threads", "handles", "versions in memory", "collections until gone, most", "failed calls");
        var (leaked, failed, most) = (0, 0, 0);
        for (var i = 1; i <= cycles; i++)
        {
            var old = Path.Combine(host.Outside, "old");
            var next = Version(i);
            Directory.Move(folder, old);
            Directory.Move(next, folder);
            await events.UntilAsync(PluginEventKind.Upgraded, Name, Number(i));
            if (!await CallAsync(host, i)) failed++;
            if (!await events.LeftMemoryAsync(Name, Number(i - 1))) leaked++;
            most = Math.Max(most, host.Plugins.Find(Name)!.LastUnload!.Collections);
            Directory.Delete(old, recursive: true);
            if (i % step != 0) continue;
            // A full run takes its time: how it goes can be seen before its end.
            await Console.Error.WriteLineAsync(Sample(table, $"after cycle {i}", leaked, failed, most));
        }

        table.Print(output);

        string Version(int number) => BuiltPlugin.Everyday.CopyTo(Path.Combine(host.Outside, $"new-{number}"), Name, Number(number));
    }

    private static string Sample(ResultTable table, string row, int leaked, int failed, int most)
    {
        var process = Footprint.OfThisProcess();
        table.Add(row, process.Resident, ResultTable.Number(process.Resident / 1024.0 / 1024), ResultTable.Number(process.Managed / 1024.0 / 1024),
            $"{process.Threads}", $"{process.Handles}", $"{leaked}", $"{most}", $"{failed}");
        return $"{row}: {ResultTable.Number(process.Resident / 1024.0 / 1024)} MiB resident, {leaked} versions in memory, {failed} failed calls";
    }

    private static async Task<bool> CallAsync(RunningHost host, int version)
    {
        var outcome = await host.Broker.CallAsync(Name);
        if (!outcome.Succeeded || !outcome.Value!.Succeeded) return false;
        return outcome.Version == Number(version);
    }

    private static string Number(int version) => string.Create(CultureInfo.InvariantCulture, $"1.0.{version}");
}
