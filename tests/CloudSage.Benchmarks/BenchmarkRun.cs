using System.Globalization;
using CloudSage.Benchmarks.Analysis;
using CloudSage.Benchmarks.Changes;
using CloudSage.Benchmarks.Dispatch;
using CloudSage.Benchmarks.Leaks;
using CloudSage.Benchmarks.Loading;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Scale;
using CloudSage.Benchmarks.Scans;
using CloudSage.Benchmarks.Soak;

namespace CloudSage.Benchmarks;

/// <summary>Runs the benchmarks that were selected, one after another, and prints their tables.</summary>
internal static class BenchmarkRun
{
    private static readonly (string Name, string About, Func<Selection, TextWriter, Task> Run)[] All =
    [
        ("load", "staged files to a plugin that answers", static (s, o) => LoadToReady.RunAsync(s.Quick, o)),
        ("dispatch", "calls, fan-out and streams", static (s, o) => DispatchBenchmarks.RunAsync(s.Quick, o)),
        ("analysis", "rows per second of the main job", static (s, o) => AnalysisThroughput.RunAsync(s.Quick, o)),
        ("changes", "hot add, upgrade and removal", static (s, o) => FolderChanges.RunAsync(s.Quick, o)),
        ("copies", "copies that are slow, torn or never end", static (s, o) => UnevenCopies.RunAsync(s.Quick, o)),
        ("upgrade", "calls of eight callers while their plugin is upgraded", static (s, o) => UpgradeUnderLoad.RunAsync(s.Quick, o)),
        ("scale", "a thousand plugins at start, their memory, and an idle host", static (s, o) => ScaleRun.RunAsync(s.Quick, o)),
        ("leaks", "a leak report in a process of 300 MB that serves calls meanwhile", static (s, o) => LeakReports.RunAsync(s.Quick, o)),
        ("scan", "the scan of a plugin, alone and when it is dropped in", static (s, o) => PluginScans.RunAsync(s.Quick, o)),
        ("soak", "a thousand upgrades of one plugin: what they leave behind", static (s, o) => UpgradeSoak.RunAsync(s.Cycles ?? (s.Quick ? 40 : 1000), o)),
    ];

    public static async Task<int> MainAsync(string[] args)
    {
        if (args is [ChildProcess.Argument, var work, var count]) return await ChildProcess.AnswerAsync(work, int.Parse(count, CultureInfo.InvariantCulture));
        if (Selection.Of(args) is not { } selection || selection.Names.Except(All.Select(static b => b.Name)).Any())
        {
            await PrintUsageAsync();
            return 2;
        }

        await Console.Out.WriteLineAsync($"{Machine.Describe()}; {Machine.Load()}{(selection.Quick ? "; quick: too few rounds to quote" : string.Empty)}");
        foreach (var benchmark in All.Where(b => selection.Names.Count == 0 || selection.Names.Contains(b.Name)))
        {
            await benchmark.Run(selection, Console.Out);
            await Console.Out.WriteLineAsync($"\n({benchmark.Name}: {Machine.Load()})");
        }

        return 0;
    }

    private static async Task PrintUsageAsync()
    {
        await Console.Error.WriteLineAsync("CloudSage.Benchmarks [NAME...] [--quick] [--cycles N]: all benchmarks, or those named:");
        foreach (var (name, about, _) in All) await Console.Error.WriteLineAsync($"  {name,-10} {about}");
    }
}
