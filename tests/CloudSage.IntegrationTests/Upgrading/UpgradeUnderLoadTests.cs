using System.Collections.Concurrent;
using System.Diagnostics;
using CloudSage.PluginHost.Brokering;

namespace CloudSage.IntegrationTests.Upgrading;

/// <summary>Upgrades while callers call: nothing fails, nothing is mixed, everything old leaves memory, and nothing grows.</summary>
[NonParallelizable]
internal sealed class UpgradeUnderLoadTests : HostTests
{
    private const string Name = "loaded";
    private const int Callers = 8;

    [Test]
    public async Task Fifty_upgrades_under_eight_callers_lose_and_mix_nothing_and_every_old_version_is_collected()
    {
        const int upgrades = 50;
        var versions = Enumerable.Range(1, upgrades + 1).Select(Build).ToArray();
        Plugins.Add(versions[0]);
        await using var host = await StartAsync();
        using var end = new CancellationTokenSource();
        var answers = new ConcurrentDictionary<string, int>();
        var wrong = new ConcurrentQueue<string>();
        var callers = Enumerable.Range(0, Callers).Select(i => Task.Run(() => CallUntilAsync(host, answers, wrong, inline: i % 2 == 0, end.Token))).ToArray();

        for (var i = 1; i <= upgrades; i++)
        {
            var version = $"{i + 1}.0.0";
            Plugins.Swap(versions[i]);
            await host.BecomesAsync(Name, PluginState.Active, version);
            // Callers meet every version, the first and the last too.
            await Eventually.TrueAsync(() => answers.ContainsKey(version), $"a caller gets an answer from {version}", host.Describe);
        }

        await end.CancelAsync();
        await Task.WhenAll(callers);
        wrong.Should().BeEmpty();
        answers.Keys.Should().HaveCount(upgrades + 1);
        answers.Values.Sum().Should().BeGreaterThan(upgrades * Callers);
        host.Count(PluginEventKind.Upgraded).Should().Be(upgrades);
        await Eventually.TrueAsync(() => host.Count(PluginEventKind.Collected) == upgrades, "every old version is collected", host.Describe);
        host.Count(PluginEventKind.Leaked).Should().Be(0);
        host.Find(Name)!.FaultCount.Should().Be(0);
        await TestContext.Out.WriteLineAsync($"{answers.Values.Sum()} calls over {upgrades} upgrades");
    }

    [Test]
    public async Task Two_hundred_upgrades_grow_neither_threads_nor_handles_nor_managed_memory()
    {
        const int upgrades = 200;
        const int warmUp = 40;
        var versions = Enumerable.Range(1, 10).Select(Build).ToArray();
        Plugins.Add(versions[0]);
        await using var host = await StartAsync(static o => o.Discovery.SettleWindow = TimeSpan.FromMilliseconds(1));
        var before = default(Footprint);

        for (var i = 1; i <= upgrades; i++)
        {
            Plugins.Swap(versions[i % versions.Length]);
            await host.BecomesAsync(Name, PluginState.Active, $"{(i % versions.Length) + 1}.0.0");
            if (i == warmUp) before = await MeasureAsync(host, i);
        }

        var after = await MeasureAsync(host, upgrades);
        await TestContext.Out.WriteLineAsync($"after {warmUp}: {before}; after {upgrades}: {after}");
        after.Threads.Should().BeLessThanOrEqualTo(before.Threads + 10);
        after.Handles.Should().BeLessThanOrEqualTo(before.Handles + 10);
        // One leaked version would keep its assembly's statics, its container and its threads: some 100 kB each, 160 times.
        (after.ManagedBytes - before.ManagedBytes).Should().BeLessThan(2_000_000);
        Directory.GetDirectories(Place.Store, "*", SearchOption.AllDirectories).Length.Should().BeLessThan(30, "the store keeps no version that nothing uses");
    }

    private async Task CallUntilAsync(
        PluginHostFixture host, ConcurrentDictionary<string, int> answers, ConcurrentQueue<string> wrong, bool inline, CancellationToken end)
    {
        var options = new CallOptions { Inline = inline };
        while (!end.IsCancellationRequested)
        {
            var outcome = await host.CallAsync(Name, options: options, cancellationToken: CancellationToken.None);
            var expected = $"{outcome.Version}|{outcome.Version}|{outcome.Version}|{outcome.Version}";
            if (outcome.Succeeded && outcome.Value == expected) answers.AddOrUpdate(outcome.Version, 1, static (_, n) => n + 1);
            else wrong.Enqueue($"{outcome.Status} {outcome.Version} {outcome.Value} {outcome.Fault}");
            await Task.Yield();
        }
    }

    private static async Task<Footprint> MeasureAsync(PluginHostFixture host, int departures)
    {
        await host.SynchronizeAsync();
        await Eventually.TrueAsync(() => host.Count(PluginEventKind.Collected) == departures, $"{departures} versions are collected", host.Describe);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var handles = OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount;
        return new Footprint(process.Threads.Count, handles, GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>Answers its version from its code, from a library of its own that the first call loads, from a resource and from its context.</summary>
    private static PluginFiles Build(int number)
    {
        var version = $"{number}.0.0";
        return new PluginSource(Name)
        {
            Version = version,
            Parameters = "PluginContext context",
            Execute = """
                using var stream = typeof(Plugin).Assembly.GetManifestResourceStream("version.txt");
                using var reader = new StreamReader(stream);
                return new CommandResult(true, $"{CodeVersion}|{Part.Version.Of()}|{reader.ReadToEnd()}|{context.Version}");
                """,
            Libraries =
            [
                new LibrarySource("Part", $$"""namespace Part; public static class Version { public static string Of() => "{{version}}"; }""") { Version = new Version(number, 0, 0, 0) },
            ],
            Resources = new Dictionary<string, byte[]> { ["version.txt"] = System.Text.Encoding.UTF8.GetBytes(version) },
        }.Build();
    }

    private readonly record struct Footprint(int Threads, int Handles, long ManagedBytes);
}
