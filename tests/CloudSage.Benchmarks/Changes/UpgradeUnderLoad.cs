using System.Diagnostics;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost;

namespace CloudSage.Benchmarks.Changes;

/// <summary>Eight callers without a pause, while the plugin that they call is upgraded again and again.</summary>
internal static class UpgradeUnderLoad
{
    private static readonly TimeSpan AtRest = TimeSpan.FromMilliseconds(300);
    private const int Callers = 8;
    private const string Name = "busy";

    public static async Task RunAsync(bool quick, TextWriter output)
    {
        var upgrades = quick ? 5 : 50;
        await using var host = await RunningHost.StartAsync();
        await using var events = new EventLog(host.Plugins);
        var folder = Path.Combine(host.PluginDirectory, Name);
        Directory.Move(Version(0), folder);
        await events.UntilAsync(PluginEventKind.Added, Name);

        var (upgraded, collected) = (new Durations(), new Durations());
        using var phase = new Phase();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(host, phase))).ToArray();
        for (var i = 1; i <= upgrades; i++)
        {
            var next = Version(i);
            await Task.Delay(AtRest); // As long at rest as upgrades take: the load goes on.
            phase.IsUpgrading = true;
            var started = Stopwatch.GetTimestamp();
            Directory.Move(folder, Path.Combine(host.Outside, $"old-{i}"));
            Directory.Move(next, folder);
            await events.UntilAsync(PluginEventKind.Upgraded, Name, $"1.0.{i}");
            upgraded.Add(started);
            await events.UntilAsync(PluginEventKind.Collected, Name);
            collected.Add(started);
            phase.IsUpgrading = false;
        }

        await phase.EndAsync();
        var results = await Task.WhenAll(callers);
        var (rest, swap) = (new Durations(), new Durations());
        foreach (var result in results)
        {
            rest.Add(result.Rest);
            swap.Add(result.Upgrading);
        }

        var table = new ResultTable($"{upgrades} upgrades under {Callers} callers, {results.Sum(static r => r.Failed)} failed calls", "ratio of p99", "calls", "median us", "p99 us", "longest us");
        foreach (var (name, d) in (ReadOnlySpan<(string, Durations)>)[("at rest", rest), ("from the rename until the old version left memory", swap)])
            table.Add(name, d.P99, $"{d.Count}", ResultTable.Number(d.Median), ResultTable.Number(d.P99), ResultTable.Number(d.Highest));
        table.Print(output);
        await output.WriteLineAsync($"\nFrom the rename until the new version served: median {ResultTable.Number(upgraded.Median / 1000)} ms, longest {ResultTable.Number(upgraded.Highest / 1000)} ms; "
            + $"until the old one left memory: median {ResultTable.Number(collected.Median / 1000)} ms, longest {ResultTable.Number(collected.Highest / 1000)} ms.");

        string Version(int number) => BuiltPlugin.Tiny.CopyTo(Path.Combine(host.Outside, $"new-{number}"), Name, $"1.0.{number}");
    }

    private static async Task<CallerResult> CallAsync(RunningHost host, Phase phase)
    {
        var result = new CallerResult();
        while (!phase.Ended.IsCancellationRequested)
        {
            var (upgrading, started) = (phase.IsUpgrading, Stopwatch.GetTimestamp());
            var outcome = await host.Broker.CallAsync(Name);
            (upgrading ? result.Upgrading : result.Rest).Add(started);
            if (!outcome.Succeeded) result.Failed++;
        }

        return result;
    }

    private sealed class CallerResult
    {
        public Durations Rest { get; } = new();

        public Durations Upgrading { get; } = new();

        public int Failed { get; set; }
    }

    private sealed class Phase : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();
        private volatile bool _isUpgrading;

        public bool IsUpgrading
        {
            get => _isUpgrading;
            set => _isUpgrading = value;
        }

        public CancellationToken Ended => _ended.Token;

        public Task EndAsync() => _ended.CancelAsync();

        public void Dispose() => _ended.Dispose();
    }
}
