using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Diagnostics;

namespace CloudSage.Benchmarks.Leaks;

/// <summary>
/// A process with a large heap whose plugin leaks, while another plugin serves calls: how long the report takes, and for how long nobody
/// was served. Its peer is the runtime's own dump, the first step of every other way to find out.
/// </summary>
internal static class LeakReports
{
    private const long HeapBytes = 300_000_000;
    private const string Serving = "serving";
    private const string Version = "1.0.0";
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(3);

    /// <summary>What holds the plugins that leak; a report must name it.</summary>
    private static readonly List<Type> Held = [];

    public static async Task RunAsync(bool quick, TextWriter output)
    {
        var rounds = quick ? 2 : 10;
        await using var host = await RunningHost.StartAsync(static plugins => BuiltPlugin.Tiny.CopyTo(Path.Combine(plugins, Serving), Serving), Configure, static s => s.AddLeakReports());
        await using var events = new Changes.EventLog(host.Plugins);
        var ballast = Ballast.Of(HeapBytes);
        Heap.Settle();
        var (rest, looking, dumping, reports) = (new Durations(), new Durations(), new Durations(), new Durations());
        var named = 0;
        await using (var callers = new Callers(host, Serving))
        {
            for (var round = 0; round < rounds; round++)
            {
                var leaver = $"leaver-{round}";
                var before = Contexts();
                BuiltPlugin.Tiny.CopyTo(Path.Combine(host.Outside, leaver), leaver, Version);
                Directory.Move(Path.Combine(host.Outside, leaver), Path.Combine(host.PluginDirectory, leaver));
                await events.UntilAsync(PluginEventKind.Added, leaver);
                Hold(before);
                callers.Take();
                await Task.Delay(AtRest); // About as long as a report takes.
                rest.Add(callers.Take());
                Directory.Delete(Path.Combine(host.PluginDirectory, leaver), recursive: true);
                if (await events.LeftMemoryAsync(leaver, Version)) throw new InvalidOperationException("The plugin that is held left memory.");
                var started = Stopwatch.GetTimestamp();
                callers.Take();
                await events.UntilAsync(PluginEventKind.LeakExplained, leaver);
                reports.Add(started);
                looking.Add(callers.Take());
                if (host.Plugins.Find(leaver)?.LastLeak is { } leak && leak.Holders.Any(static h => h.Path.Contains($"{nameof(LeakReports)}.{nameof(Held)}", StringComparison.Ordinal))) named++;
            }

            if (await DumpAsync(callers) is { } dump) dumping.Add(dump);
        }

        var table = new ResultTable(
            $"{rounds} leak reports in a process of {Environment.WorkingSet >> 20} MiB ({GC.GetTotalMemory(false) >> 20} MiB managed, {ballast.Count:#,0} objects), {Callers.Count} callers; {named} of {rounds} named",
            "ratio of longest", "turns", "median ms", "p99 ms", "longest ms");
        foreach (var (row, d) in (ReadOnlySpan<(string, Durations)>)[("at rest", rest), ("**while a report is made**", looking), ("while createdump writes a dump", dumping)])
        {
            if (d.Count > 0) table.Add(row, d.Highest, $"{d.Count:#,0}", Milliseconds(d.Median), Milliseconds(d.P99), Milliseconds(d.Highest));
        }

        table.Print(output);
        await output.WriteLineAsync($"\nFrom the verdict to the report: median {Milliseconds(reports.Median)} ms, longest {Milliseconds(reports.Highest)} ms. A turn is a pause of 1 ms and a call.");
        GC.KeepAlive(ballast);
    }

    private static string Milliseconds(double microseconds) => ResultTable.Number(microseconds / 1000);

    private static void Configure(CloudSage.PluginHost.Hosting.PluginHostOptions options)
    {
        options.Lifecycle.RemovalGrace = TimeSpan.Zero;
        options.Unloading.LeakReports.Interval = TimeSpan.Zero;
    }

    /// <summary>A type of the plugin that came last, in the host's static field.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold(HashSet<int> before)
        => Held.Add(AssemblyLoadContext.All.Single(c => c.IsCollectible && !before.Contains(RuntimeHelpers.GetHashCode(c))).Assemblies.First().GetTypes()[0]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static HashSet<int> Contexts() => [.. AssemblyLoadContext.All.Where(static c => c.IsCollectible).Select(RuntimeHelpers.GetHashCode)];

    /// <returns>The turns while a dump was written; null where the runtime brings no createdump.</returns>
    private static async Task<Durations?> DumpAsync(Callers callers)
    {
        var program = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "createdump");
        if (!File.Exists(program)) return null;
        using var folder = new WorkFolder();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--withheap", "--name", folder["dump"], $"{Environment.ProcessId}"]) start.ArgumentList.Add(argument);
        callers.Take();
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? callers.Take() : throw new InvalidOperationException(string.Concat(said));
    }
}
