using System.Collections.Concurrent;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;

namespace CloudSage.Benchmarks.Changes;

/// <summary>A thousand copies that are slow, torn or never end: does the host ever load what is not a whole plugin?</summary>
internal static class UnevenCopies
{
    private const int AtOnce = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>Longer than the host waits for what rests before it takes it for finished.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(bool quick, TextWriter output)
    {
        var copies = quick ? 60 : 1_000;
        await using var host = await RunningHost.StartAsync();
        var tally = new Tally();
        using var ended = new CancellationTokenSource();
        var watching = WatchAsync(host, tally, ended.Token);
        await Parallel.ForAsync(0, copies, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) => await CopyAsync(host, tally, seed));
        await ended.CancelAsync();
        await watching;
        await output.WriteLineAsync($"\n{copies:#,0} slow, torn and interrupted copies of a plugin of {BuiltPlugin.Fat.Files("x", "1.0.0").Count} files, {AtOnce} at a time: "
            + $"{tally.Loads} loads, of these false (a file missing or not whole): {tally.False}, mixed (whole files of two versions): {tally.Mixed}, "
            + $"failed starts: {tally.Failed}; whole plugins that were not loaded: {tally.Missed}.");
        foreach (var line in tally.Lines) await output.WriteLineAsync(line);
    }

    private static async Task CopyAsync(RunningHost host, Tally tally, int seed)
    {
        var name = $"copied-{seed}";
        var (one, two) = (BuiltPlugin.Fat.Files(name, "1.0.0"), BuiltPlugin.Fat.Files(name, "2.0.0"));
        var copy = new UnevenCopy(Path.Combine(host.PluginDirectory, name), seed);
        tally.Expect(name, copy.Kind, ContentHashes.Of(one), ContentHashes.Of(two), ContentHashes.OfMixtures(one, two));
        if (copy.Kind is CopyKind.Overwritten or CopyKind.Rewritten)
        {
            BuiltPlugin.Fat.CopyTo(Path.Combine(host.Outside, name), name, "1.0.0");
            Directory.Move(Path.Combine(host.Outside, name), Path.Combine(host.PluginDirectory, name));
            if (!await ServesAsync(host, name, "1.0.0")) tally.Miss(name, "1.0.0");
        }

        if (!await copy.RunAsync(two)) await Task.Delay(Rest);
        else if (!await ServesAsync(host, name, "2.0.0")) tally.Miss(name, "2.0.0");
        Directory.Delete(Path.Combine(host.PluginDirectory, name), recursive: true);
    }

    private static async Task<bool> ServesAsync(RunningHost host, string name, string version)
    {
        for (var deadline = DateTime.UtcNow + Patience; DateTime.UtcNow < deadline; await Task.Delay(Glance))
            if (host.Plugins.Find(name) is { State: PluginState.Active } status && status.Version == version) return true;
        return false;
    }

    private static async Task WatchAsync(RunningHost host, Tally tally, CancellationToken ended)
    {
        try
        {
            await foreach (var seen in host.Plugins.WatchAsync(ended))
            {
                if (seen.Kind is PluginEventKind.Added or PluginEventKind.Upgraded) tally.Load(seen.Plugin, host.Plugins.Find(seen.Plugin)?.Hash, seen.Message);
                else if (seen.Kind == PluginEventKind.Faulted || (seen.Kind == PluginEventKind.UpgradeFailed && seen.Version is not null)) tally.Fail(seen.Message);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the benchmark.
        }
    }

    /// <summary>What became of the copies.</summary>
    private sealed class Tally
    {
        private readonly ConcurrentDictionary<string, (CopyKind Kind, string One, string Two, IReadOnlySet<string> Mixtures)> _expected = new(StringComparer.Ordinal);
        private readonly ConcurrentQueue<string> _lines = new();
        private int _missed;

        public int Loads { get; private set; }

        public int False { get; private set; }

        public int Mixed { get; private set; }

        public int Failed { get; private set; }

        public int Missed => _missed;

        public IEnumerable<string> Lines => _lines.Take(20);

        public void Expect(string name, CopyKind kind, string one, string two, IReadOnlySet<string> mixtures) => _expected[name] = (kind, one, two, mixtures);

        public void Load(string name, string? hash, string message)
        {
            var expected = _expected[name];
            Loads++;
            if (hash == expected.One || hash == expected.Two) return;
            if (hash is not null && expected.Mixtures.Contains(hash)) Mixed++;
            else False++;
            _lines.Enqueue($"{expected.Kind}: {message}");
        }

        public void Fail(string message)
        {
            Failed++;
            _lines.Enqueue(message);
        }

        public void Miss(string name, string version)
        {
            Interlocked.Increment(ref _missed);
            _lines.Enqueue($"{_expected[name].Kind}: {name} {version} was not loaded");
        }
    }
}
