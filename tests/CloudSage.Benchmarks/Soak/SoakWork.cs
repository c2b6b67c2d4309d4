using System.Diagnostics;
using System.Text.Json;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Unloading;

namespace CloudSage.Benchmarks.Soak;

/// <summary>One contender's upgrades in this process, with a line of figures for every so many.</summary>
internal static class SoakWork
{
    public const string Engine = "soak-engine";
    public const string Floor = "soak-floor";
    public const string TinyEngine = "soak-engine-tiny";
    public const string TinyFloor = "soak-floor-tiny";

    /// <summary>How many samples are taken of a run.</summary>
    public const int Samples = 10;

    public static bool Is(string work) => work.StartsWith("soak-", StringComparison.Ordinal);

    public static async Task RunAsync(string work, int cycles, TextWriter output)
    {
        var step = Math.Max(1, cycles / Samples);
        await using var upgraded = await StartAsync(work);
        var (leaked, failed, most) = (0, 0, 0);
        var started = Stopwatch.StartNew();
        for (var i = 1; i <= cycles; i++)
        {
            var (served, left, collections) = await upgraded.NextAsync(i);
            if (!served) failed++;
            if (!left) leaked++;
            most = Math.Max(most, collections);
            if (i % step != 0) continue;
            var process = Footprint.OfThisProcess();
            // What was freed and not given back yet is nobody's: from moment to moment it is between nothing and 20 MiB.
            NativeHeap.Trim();
            var sample = new SoakSample(
                i, process.Managed, process.Threads, process.Handles, leaked, failed, most, started.Elapsed.TotalMilliseconds, ResidentMemory.OfThisProcess(upgraded.Folder));
            await output.WriteLineAsync(JsonSerializer.Serialize(sample, SoakJson.Default.SoakSample));
        }
    }

    private static async Task<IUpgraded> StartAsync(string work) => work switch
    {
        Engine => await UpgradedPlugin.StartAsync(BuiltPlugin.Everyday),
        Floor => new UpgradedContext(BuiltPlugin.Everyday),
        TinyEngine => await UpgradedPlugin.StartAsync(BuiltPlugin.Tiny),
        _ => new UpgradedContext(BuiltPlugin.Tiny),
    };
}
