using System.Diagnostics;
using CloudSage.Benchmarks.Changes;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Advisories.Admission;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Runner.Admission;
using CloudSage.PluginHost.Runner.Caching;
using CloudSage.PluginHost.Runner.Child;
using CloudSage.PluginHost.Runner.Rules;
using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.PluginHost.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using EventLog = CloudSage.Benchmarks.Changes.EventLog;

namespace CloudSage.Benchmarks.Scans;

/// <summary>What the scan costs: of a plugin with Newtonsoft.Json beside a bare walk over the same files, and of a small plugin that is dropped in.</summary>
internal static class PluginScans
{
    private static readonly ScannerLimits Limits = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));

    public static async Task RunAsync(bool quick, TextWriter output)
    {
        await ClosureAsync(quick ? 5 : 100, output);
        await DropAsync(quick ? 3 : 60, output);
    }

    private static async Task ClosureAsync(int rounds, TextWriter output)
    {
        using var folder = new WorkFolder();
        PluginFile[] files = [.. PluginFile.In(BuiltPlugin.Fat.CopyTo(folder["fat"])).Where(static f => f.Kind == FileKind.PortableExecutable)];
        byte[][] contents = [.. files.Select(static f => File.ReadAllBytes(f.FullPath))];
        var scanner = new AssemblyScanner(ScanRules.Create());
        await using var child = new WarmScanner(static () => ChildProgram.Start(512), ChildProgram.Obstacle, static () => Limits, TimeProvider.System, NullLogger<WarmScanner>.Instance);
        var remembered = new FileScan(child, new VerdictCache(folder["cache"], 100, NullLogger<VerdictCache>.Instance));
        var (bare, own, asked, cached) = (new Durations(), new Durations(), new Durations(), new Durations());
        // Both ways are compiled when they have run often enough; the rounds before that are not counted.
        for (var round = -rounds; round < rounds; round++)
        {
            await TimeAsync(bare, round, () => { foreach (var content in contents) BareWalk.Walk(content); return Task.CompletedTask; });
            await TimeAsync(own, round, () => { foreach (var content in contents) Checked(scanner.Scan(content)); return Task.CompletedTask; });
            await TimeAsync(asked, round, async () => { foreach (var file in files) Checked((await child.ScanAsync(file.FullPath, CancellationToken.None)).Report); });
            await TimeAsync(cached, round, async () => { foreach (var file in files) Checked((await remembered.OfAsync(file, CancellationToken.None)).Report); });
        }

        new ResultTable($"Newtonsoft.Json's closure: {files.Length} files, {contents.Sum(static c => c.Length) / 1024:#,0} KiB, {rounds} rounds", "ratio", "median ms", "p95 ms")
            .Add("bare walk over names and code", bare.Median, Milliseconds(bare.Median), Milliseconds(bare.P95))
            .Add("**scan**", own.Median, Milliseconds(own.Median), Milliseconds(own.P95))
            .Add("**scan by the warm child**: reading and hashing the files, pipes and JSON included", asked.Median, Milliseconds(asked.Median), Milliseconds(asked.P95))
            .Add("remembered", cached.Median, Milliseconds(cached.Median), Milliseconds(cached.P95))
            .Print(output);
    }

    private static async Task DropAsync(int rounds, TextWriter output)
    {
        using var folder = new WorkFolder();
        (string Name, Action<IServiceCollection> Services, Durations Served)[] ways =
        [
            ("hot add without a scan", static _ => { }, new Durations()),
            ("**hot add, scanned**", static s => s.AddPluginScan(static o => o.MaxCachedFiles = 0), new Durations()),
            ("**hot add, remembered**", static s => s.AddPluginScan(), new Durations()),
            ("**hot add with all that a host can ask for**: scanned, looked up, published", s => Everything(s, Database(folder)), new Durations()),
        ];
        foreach (var (_, services, served) in ways)
        {
            await using var host = await RunningHost.StartAsync(configure: static o => o.Lifecycle.RemovalGrace = TimeSpan.Zero, services: services);
            await using var events = new EventLog(host.Plugins);
            // The first ones compile the way, and wait for the child.
            for (var i = 0; i < 10; i++) await new HotAdd(host, events).RunAsync(i);
            var run = new HotAdd(host, events);
            for (var i = 0; i < rounds; i++) await run.RunAsync(10 + i);
            served.Add(run.Served);
        }

        var table = new ResultTable($"Tiny plugin, folder moved in until its first call is served, {rounds} rounds", "ratio", "median ms", "p95 ms", "added ms");
        foreach (var (name, _, served) in ways)
            table.Add(name, served.Median, Milliseconds(served.Median), Milliseconds(served.P95), Milliseconds(served.Median - ways[0].Served.Median));
        table.Print(output);
    }

    private static void Everything(IServiceCollection services, string database) => services
        .AddPluginScan(static o => o.MaxCachedFiles = 0)
        .AddPluginAdvisories(o => o.Database = database)
        .Configure<PluginHostOptions>(static o => o.Services.Registry = ServiceRegistryKind.File);

    /// <summary>A database of today, with one advisory.</summary>
    private static string Database(WorkFolder folder)
    {
        Directory.CreateDirectory(folder["advisories"]);
        File.WriteAllText(Path.Combine(folder["advisories"], "BENCH-1.json"), $$$"""
            {"id":"BENCH-1","modified":"{{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}}","affected":[{"package":{"ecosystem":"NuGet","name":"Newtonsoft.Json"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"13.0.1"}]}]}]}
            """);
        return folder["advisories"];
    }

    private static async Task TimeAsync(Durations durations, int round, Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        if (round >= 0) durations.Add(started);
    }

    /// <summary>Fails loudly: a benchmark of refusals would look fast.</summary>
    private static void Checked(ScanReport? report)
    {
        if (report is not { Refusal: null }) throw new InvalidOperationException($"The scan failed: {report?.Refusal}");
    }

    private static string Milliseconds(double microseconds) => ResultTable.Number(microseconds / 1000);
}
