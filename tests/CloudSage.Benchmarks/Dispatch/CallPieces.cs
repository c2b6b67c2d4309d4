using System.Diagnostics;
using CloudSage.Benchmarks.Measuring;
using CloudSage.Benchmarks.Plugins;
using CloudSage.PluginHost.Brokering;
using CloudSage.Plugins.Commands;

namespace CloudSage.Benchmarks.Dispatch;

/// <summary>What the parts of an inline call cost, each alone, in turn. The smallest of many short rounds: what others do on the machine only adds.</summary>
internal static class CallPieces
{
    private const int Calls = 20_000;
    private const int Crowd = 100;

    public static async Task RunAsync(bool quick, TextWriter output)
    {
        using var plugins = ServingPlugins.Start(BuiltPlugin.Tiny);
        using var crowd = ServingPlugins.Start(BuiltPlugin.Tiny, Crowd);
        var (broker, handler, target, wheel) = (plugins.Broker, plugins.Entry<ICommandHandler>(), plugins.Target, plugins.Wheel);
        var table = new ExtensionTable([target]);
        var (pipeline, name, deadline) = (PollyPipeline.Create(), ServingPlugins.First, TimeSpan.FromSeconds(100).Ticks);
        ICommandHandler[] handlers = [.. Enumerable.Range(0, Crowd).Select(i => crowd.Entry<ICommandHandler>(i))];
        var outcomes = new List<CallOutcome<CommandResult>>();
        (string Name, Action<int> Run)[] pieces =
        [
            ("direct interface call", n =>
            {
                for (var i = 0; i < n; i++) Check(handler.ExecuteAsync(Commands.Request, CancellationToken.None));
            }),
            ("look-up by type and name", n =>
            {
                for (var i = 0; i < n; i++) Check(table.Find(typeof(ICommandHandler), name) is not null);
            }),
            ("lease: take and give back", n =>
            {
                for (var i = 0; i < n; i++) target.Leases.TryAcquire()!.End();
            }),
            ("lease and deadline", n =>
            {
                for (var i = 0; i < n; i++)
                {
                    var lease = target.Leases.TryAcquire()!;
                    lease.Begin(deadline, wheel, CancellationToken.None);
                    lease.End();
                }
            }),
            ("lease and entry object", n =>
            {
                for (var i = 0; i < n; i++) target.TryLease<ICommandHandler>(out _)!.End();
            }),
            ("breaker", n =>
            {
                for (var i = 0; i < n; i++)
                {
                    Check(target.Breaker.Admits());
                    target.Breaker.Succeeded();
                }
            }),
            ("direct call in an execution context of its own", n =>
            {
                for (var i = 0; i < n; i++)
                    Check(CleanExecution.Invoke(static (h, r, t) => h.ExecuteAsync(r, t), handler, Commands.Request, CancellationToken.None));
            }),
            ("reading the clock (an inline call does not)", n =>
            {
                for (var i = 0; i < n; i++) Check(wheel.Now > 0);
            }),
            ("whole call: broker, inline", n =>
            {
                for (var i = 0; i < n; i++) Check(broker.CallAsync(name, Commands.Inline));
            }),
            ("one event to 100 plugins, direct, per plugin", n =>
            {
                for (var i = 0; i < n / Crowd; i++)
                    foreach (var one in handlers) Check(one.ExecuteAsync(Commands.Request, CancellationToken.None));
            }),
            ("one event to 100 plugins, InvokeAll inline into a list that is used again, per plugin", n =>
            {
                for (var i = 0; i < n / Crowd; i++)
                {
                    outcomes.Clear();
                    Check(crowd.Broker.InvokeAllAsync<ICommandHandler, CommandRequest, CommandResult>(
                        Commands.Request, static (h, r, t) => h.ExecuteAsync(r, t), outcomes, Commands.Inline, CancellationToken.None));
                    Check(outcomes.Count == Crowd);
                }
            }),
            ("Polly: timeout and breaker", n =>
            {
                for (var i = 0; i < n; i++) Check(pipeline.CallAsync(handler));
            }),
        ];

        var rounds = quick ? 200 : 1_000;
        var least = new double[pieces.Length];
        Array.Fill(least, double.MaxValue);
        await Task.Run(() =>
        {
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < pieces.Length; i++)
                {
                    var started = Stopwatch.GetTimestamp();
                    pieces[i].Run(Calls);
                    least[i] = Math.Min(least[i], Stopwatch.GetElapsedTime(started).TotalNanoseconds / Calls);
                }
            }
        });

        var result = new ResultTable($"Parts of an inline call, each alone, the least of {rounds} rounds of {Calls} calls", "ratio", "ns");
        foreach (var (piece, time) in pieces.Zip(least)) result.Add(piece.Name, time, ResultTable.Number(time));
        result.Print(output);
    }

    private static void Check(ValueTask call) => Check(call.IsCompletedSuccessfully);

    private static void Check(ValueTask<CommandResult> call) => Check(call.IsCompletedSuccessfully && call.Result.Succeeded);

    private static void Check(ValueTask<CallOutcome<CommandResult>> call) => Check(call.IsCompletedSuccessfully && call.Result.Succeeded);

    private static void Check(bool holds)
    {
        if (!holds) throw new InvalidOperationException("A call failed.");
    }
}
