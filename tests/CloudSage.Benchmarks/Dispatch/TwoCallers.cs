using System.Diagnostics;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.Plugins.Commands;

namespace CloudSage.Benchmarks.Dispatch;

/// <summary>The same call from one caller and from two at once: what callers share, they wait for.</summary>
internal static class TwoCallers
{
    public static async Task RunAsync(bool quick, TextWriter output)
    {
        using var plugins = ServingPlugins.Start(BuiltPlugin.Tiny);
        var (broker, handler, pipeline) = (plugins.Broker, plugins.Entry<ICommandHandler>(), PollyPipeline.Create());
        var (name, rounds) = (ServingPlugins.First, quick ? 3 : 15);
        Contender[] contenders =
        [
            new("direct, awaited", 2_000_000, async () => (await handler.ExecuteAsync(Commands.Request, CancellationToken.None)).Succeeded),
            new("Polly: timeout and breaker", 200_000, async () => (await pipeline.CallAsync(handler)).Succeeded),
            new("broker, inline", 400_000, async () => (await broker.CallAsync(name, Commands.Inline)).Succeeded),
            new("broker, on the pool (default)", 40_000, async () => (await broker.CallAsync(name)).Succeeded),
        ];
        for (var round = -1; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var (one, two) = (await contender.TimeAsync(1), await contender.TimeAsync(2));
                if (round < 0) continue; // Warm-up.
                contender.One.Add(one);
                contender.Two.Add(two);
            }
        }

        var table = new ResultTable($"Calls by one caller and by two at once, medians of {rounds} rounds", "ratio, one caller", "one: ns", "two: ns each", "two / one");
        foreach (var c in contenders)
        {
            var (one, two) = (c.One.Median * 1000 / c.Calls, c.Two.Median * 1000 / c.Calls);
            table.Add(c.Name, one, ResultTable.Number(one), ResultTable.Number(two), ResultTable.Number(two / one));
        }

        table.Print(output);
    }

    private sealed record Contender(string Name, int Calls, Func<ValueTask<bool>> Call)
    {
        public Durations One { get; } = new();

        public Durations Two { get; } = new();

        public async Task<TimeSpan> TimeAsync(int callers)
        {
            using var start = new Barrier(callers);
            var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => LoopAsync(start))));
            return times.Max();
        }

        private async Task<TimeSpan> LoopAsync(Barrier start)
        {
            start.SignalAndWait();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
                if (!await Call()) throw new InvalidOperationException("A call failed.");
            return Stopwatch.GetElapsedTime(started);
        }
    }
}
