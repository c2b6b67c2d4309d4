using CloudSage.Benchmarks.Measuring;

namespace CloudSage.Benchmarks.Scale;

/// <summary>Many plugins at once: time and memory, each contender in a process of its own.</summary>
internal static class ScaleRun
{
    public static async Task RunAsync(bool quick, TextWriter output)
    {
        var (count, many, idle, rounds) = (quick ? 100 : 1000, quick ? 300 : 5000, quick ? 50 : 200, quick ? 1 : 3);
        await MeasureAsync(ChildWork.All, count, rounds, output);
        await MeasureAsync(ChildWork.Scaling, many, 1, output);
        var resting = await ChildProcess.RunAsync(ChildWork.Idle, idle);
        await output.WriteLineAsync($"\nIdle host with {idle} plugins: {ResultTable.Number(resting.IdleCpuPercent)}% of one core over {HostWork.IdleTime.TotalSeconds} s.");
    }

    private static async Task MeasureAsync(IReadOnlyList<string> works, int count, int rounds, TextWriter output)
    {
        var results = works.ToDictionary(static w => w, static _ => new List<ChildResult>());
        for (var round = 0; round < rounds; round++)
            foreach (var work in works) results[work].Add(await ChildProcess.RunAsync(work, count));

        var table = new ResultTable(
            $"{count:#,0} tiny plugins at start, medians of {rounds} process(es) each", "ratio of times", "ms", "processor ms", "ms per plugin", "KiB per plugin", "KiB left after unload");
        foreach (var work in works)
        {
            var time = Median(results[work], static r => r.Milliseconds);
            table.Add(ChildWork.Describe(work), time, ResultTable.Number(time), ResultTable.Number(Median(results[work], static r => r.ProcessorMilliseconds)), ResultTable.Number(time / count),
                ResultTable.Number(Median(results[work], static r => r.KibPerPlugin)), ResultTable.Number(Median(results[work], static r => r.KibLeftPerPlugin ?? double.NaN)));
        }

        table.Print(output);
    }

    private static double Median(List<ChildResult> results, Func<ChildResult, double> figure) => results.Select(figure).Order().ElementAt(results.Count / 2);
}
