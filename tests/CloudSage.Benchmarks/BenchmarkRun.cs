using System.Globalization;
using CloudSage.Benchmarks.Analysis;
using CloudSage.Benchmarks.Changes;
using CloudSage.Benchmarks.Dispatch;
using CloudSage.Benchmarks.Leaks;
using CloudSage.Benchmarks.Loading;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Scale;
using CloudSage.Benchmarks.Soak;

namespace CloudSage.Benchmarks;

/// <summary>Runs the benchmarks that were selected, one after another, and prints their tables.</summary>
internal static class BenchmarkRun
{
    private static readonly (string Name, string About, Func<bool, TextWriter, Task> Run)[] All =
    [
        ("load", "staged files to a plugin that answers", LoadToReady.RunAsync),
        ("dispatch", "calls, fan-out and streams", DispatchBenchmarks.RunAsync),
        ("analysis", "rows per second of the main job", AnalysisThroughput.RunAsync),
        ("changes", "hot add, upgrade and removal", FolderChanges.RunAsync),
        ("copies", "copies that are slow, torn or never end", UnevenCopies.RunAsync),
        ("upgrade", "calls of eight callers while their plugin is upgraded", UpgradeUnderLoad.RunAsync),
        ("scale", "a thousand plugins at start, their memory, and an idle host", ScaleRun.RunAsync),
        ("leaks", "a leak report in a process of 300 MB that serves calls meanwhile", LeakReports.RunAsync),
        ("soak", "a thousand upgrades of one plugin: what they leave behind", UpgradeSoak.RunAsync),
    ];

    public static async Task<int> MainAsync(string[] args)
    {
        if (args is [ChildProcess.Argument, var work, var count]) return await ChildProcess.AnswerAsync(work, int.Parse(count, CultureInfo.InvariantCulture));
        var quick = args.Contains("--quick", StringComparer.Ordinal);
        var wanted = args.Where(static a => a != "--quick").ToHashSet(StringComparer.Ordinal);
        if (wanted.Except(All.Select(static b => b.Name)).Any())
        {
            await PrintUsageAsync();
            return 2;
        }

        await Console.Out.WriteLineAsync($"{Machine.Describe()}; {Machine.Load()}{(quick ? "; quick: too few rounds to quote" : string.Empty)}");
        foreach (var benchmark in All.Where(b => wanted.Count == 0 || wanted.Contains(b.Name)))
        {
            await benchmark.Run(quick, Console.Out);
            await Console.Out.WriteLineAsync($"\n({benchmark.Name}: {Machine.Load()})");
        }

        return 0;
    }

    private static async Task PrintUsageAsync()
    {
        await Console.Error.WriteLineAsync("CloudSage.Benchmarks [NAME...] [--quick]: all benchmarks, or those named:");
        foreach (var (name, about, _) in All) await Console.Error.WriteLineAsync($"  {name,-10} {about}");
    }
}
