using System.Diagnostics;
using CloudSage.Analysis;
using CloudSage.Benchmarks.Dispatch;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.Plugins.Adapters;
using CloudSage.Samples.Focus;

namespace CloudSage.Benchmarks.Analysis;

/// <summary>Rows per second of the main job, beside the CSV library only reading.</summary>
internal static class AnalysisThroughput
{
    private static readonly string[] RealFiles = ["focus/focus-1.0-multicloud-2024-09-01_15.csv", "focus/focus-1.3-synthetic-azure.csv", "focus/focus-1.2-synthetic-aws.csv"];

    public static async Task RunAsync(bool quick, TextWriter output)
    {
        using var folder = new WorkFolder();
        var (generated, rows) = (folder["focus-1.2-generated.csv"], quick ? 20_000 : 200_000);
        FocusFile.Write(generated, rows);
        await using var host = await RunningHost.StartAsync(static plugins => BuiltPlugin.FocusAdapter.CopyTo(Path.Combine(plugins, "focus")));
        using var plugins = ServingPlugins.Start(BuiltPlugin.FocusAdapter);
        var ways = Ways(host, plugins.Entry<ICloudAdapter>());

        var size = new FileInfo(generated).Length;
        await MeasureAsync($"{rows:#,0} rows x {FocusFile.Columns} columns, {size >> 20} MiB, generated", generated, ways, quick ? 2 : 5, 1, output);
        foreach (var file in RealFiles.Select(static f => Path.GetFullPath(Path.Combine("..", "shared", "data", f))).Where(File.Exists))
            await MeasureAsync($"real file {Path.GetFileName(file)}, read 20 times a round", file, ways, quick ? 2 : 5, 20, output);
    }

    private static (string Name, Func<string, Task<long>> Read)[] Ways(RunningHost host, ICloudAdapter plugin) =>
    [
        ("Sylvan.Data.Csv, every field as a span", static path => Task.FromResult(Reading.Spans(path))),
        ("Sylvan.Data.Csv, every field as a string", static path => Task.FromResult(Reading.Strings(path))),
        ("FocusAdapter alone, in the host's context", static path => Reading.TranslationAsync(new FocusAdapter(), path)),
        ("FocusAdapter alone, in its plugin context", path => Reading.TranslationAsync(plugin, path)),
        ("**whole analysis**: recognise, translate, broker, aggregate", path => AnalyzeAsync(host.Analyzer, path)),
    ];

    private static async Task MeasureAsync(
        string title, string path, (string Name, Func<string, Task<long>> Read)[] ways, int rounds, int times, TextWriter output)
    {
        var durations = ways.Select(static _ => new Durations()).ToArray();
        var bytes = new long[ways.Length];
        var rows = new long[ways.Length];
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < ways.Length; i++)
            {
                Heap.Settle();
                var (allocated, started) = (GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
                for (var j = 0; j < times; j++) rows[i] = await ways[i].Read(path);
                if (round < 0) continue; // Warm-up.
                durations[i].Add(started);
                bytes[i] = GC.GetTotalAllocatedBytes() - allocated;
            }
        }

        var table = new ResultTable($"Analysis: {title}; medians of {rounds} rounds", "ratio of times", "rows", "ms", "rows/s", "bytes/row");
        for (var i = 0; i < ways.Length; i++)
        {
            var median = durations[i].Median / times;
            table.Add(ways[i].Name, median / rows[i], $"{rows[i]}", ResultTable.Number(median / 1000), ResultTable.Number(rows[i] / median * 1_000_000), $"{bytes[i] / times / rows[i]}");
        }

        table.Print(output);
    }

    private static async Task<long> AnalyzeAsync(ICostAnalyzer analyzer, string path)
    {
        var request = new CostAnalysisRequest { Sources = [new CostSource(Path.GetFileName(path), path)], Notify = false, Optimize = false, Export = false };
        var report = await analyzer.AnalyzeAsync(request, null, CancellationToken.None);
        if (report.Faults.Count > 0 || report.Analyses.Count == 0) throw new InvalidOperationException($"The analysis failed: {string.Join('\n', report.Faults)}");
        return report.Analyses.Sum(static a => a.RowCount);
    }
}
