using CloudSage.Benchmarks.Measuring;

namespace CloudSage.Benchmarks.Scale;

/// <summary>Many plugins at once: time and memory, each contender in a process of its own.</summary>
internal static class ScaleRun
{
    public static async Task RunAsync(bool quick, TextWriter output)
    {
        var (count, idle, rounds) = (quick ? 100 : 1000, quick ? 50 : 200, quick ? 1 : 3);
        var results = ChildWork.All.ToDictionary(static w => w, static _ => new List<ChildResult>());
        for (var round = 0; round < rounds; round++)
            foreach (var work in ChildWork.All) results[work].Add(await ChildProcess.RunAsync(work, count));

        var table = new ResultTable($"{count:#,0} tiny plugins at start, medians of {rounds} processes each", "ratio of times", "ms", "ms per plugin", "KiB per plugin");
        foreach (var work in ChildWork.All)
        {
            var ordered = results[work].OrderBy(static r => r.Milliseconds).ToArray();
            var (time, memory) = (ordered[ordered.Length / 2].Milliseconds, results[work].Select(static r => r.KibPerPlugin).Order().ElementAt(rounds / 2));
            table.Add(ChildWork.Describe(work), time, ResultTable.Number(time), ResultTable.Number(time / count), ResultTable.Number(memory));
        }

        table.Print(output);
        var resting = await ChildProcess.RunAsync(ChildWork.Idle, idle);
        await output.WriteLineAsync($"\nIdle host with {idle} plugins: {ResultTable.Number(resting.IdleCpuPercent)}% of one core over {ChildWork.IdleTime.TotalSeconds} s.");
    }
}
