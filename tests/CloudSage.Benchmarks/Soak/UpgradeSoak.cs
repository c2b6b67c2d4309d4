using System.Text.Json;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Scale;

namespace CloudSage.Benchmarks.Soak;

/// <summary>
/// One plugin that uses a database, JSON, converters, a timer and logging is upgraded a thousand times in one process. Every
/// version must leave memory, and what the process holds must not grow: beside a plain context that does the same, each in a process of its own.
/// </summary>
internal static class UpgradeSoak
{
    private static readonly (string Work, string Name)[] Contenders =
    [
        (SoakWork.Floor, "collectible context, same plugin"), (SoakWork.Engine, "**engine**, same plugin"),
        (SoakWork.TinyFloor, "collectible context, tiny plugin"), (SoakWork.TinyEngine, "**engine**, tiny plugin"),
    ];

    public static async Task RunAsync(int cycles, TextWriter output)
    {
        // A plugin's floor beside it, at the same time: both take a thread, and it is memory that is compared.
        foreach (var pair in Contenders.Chunk(2))
        {
            var runs = await Task.WhenAll(pair.Select(c => SampleAsync(c.Work, cycles)));
            foreach (var ((_, name), samples) in pair.Zip(runs)) Print($"{cycles} upgrades: {name}", samples, output);
        }
    }

    private static async Task<List<SoakSample>> SampleAsync(string work, int cycles)
    {
        var samples = new List<SoakSample>();
        await foreach (var line in ChildProcess.LinesAsync(work, cycles))
        {
            samples.Add(JsonSerializer.Deserialize(line, SoakJson.Default.SoakSample)!);
            // A full run takes its time: how it goes can be seen before its end.
            var last = samples[^1];
            await Console.Error.WriteLineAsync($"{work}, cycle {last.Cycle}: {last.Resident.Total} KiB resident, {last.Leaked} left behind, {last.Failed} failed calls");
        }

        return samples;
    }

    private static void Print(string title, List<SoakSample> samples, TextWriter output)
    {
        var table = new ResultTable(title, "ratio of resident memory", "resident MiB", "since the row before, KiB per version", "collector MiB", "code MiB", "C heap MiB",
            "native libraries MiB", "files MiB", "other MiB", "mappings", "managed MiB", "threads", "handles", "versions in memory", "failed calls", "most collections", "ms per version");
        var last = samples[0] with { Cycle = 0, Milliseconds = 0 };
        foreach (var sample in samples)
        {
            var (resident, versions) = (sample.Resident, sample.Cycle - last.Cycle);
            table.Add($"after cycle {sample.Cycle}", resident.Total, MiB(resident.Total),
                last.Cycle == 0 ? "-" : ResultTable.Number((resident.Total - last.Resident.Total) / (double)versions),
                MiB(resident.Collector), MiB(resident.Code), MiB(resident.Heap), MiB(resident.Libraries), MiB(resident.Files), MiB(resident.Other), $"{resident.Mappings}",
                MiB(sample.Managed / 1024), $"{sample.Threads}", $"{sample.Handles}", $"{sample.Leaked}", $"{sample.Failed}", $"{sample.Collections}",
                ResultTable.Number((sample.Milliseconds - last.Milliseconds) / versions));
            last = sample;
        }

        table.Print(output);
    }

    private static string MiB(long kib) => ResultTable.Number(kib / 1024.0);
}
