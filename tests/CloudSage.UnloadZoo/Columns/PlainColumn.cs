using System.Diagnostics;
using System.Runtime.CompilerServices;
using CloudSage.Zoo;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.UnloadZoo.Columns;

/// <summary>A host as the tutorials have it: it loads, calls, keeps what it is told, and unloads.</summary>
internal static class PlainColumn
{
    private const int MaxCollections = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Observation Observe(string path, string scenario, Habitat habitat)
    {
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var (context, answer, since) = Run(path, scenario, habitat, services);
        for (var collections = 1; collections <= MaxCollections; collections++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (!context.IsAlive) return new Observation(true, collections, Stopwatch.GetElapsedTime(since).TotalMilliseconds, answer);
            // What was cancelled needs a moment to end.
            Thread.Sleep(Pause);
        }

        return new Observation(false, MaxCollections, Stopwatch.GetElapsedTime(since).TotalMilliseconds, answer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Context, string Answer, long Since) Run(string path, string scenario, Habitat habitat, IServiceProvider services)
    {
        using var visit = new PlainVisit(path, services);
        string answer;
        try
        {
            answer = visit.Run(scenario, habitat);
        }
        catch (Exception e)
        {
            // The host keeps what failed last, to show it.
            habitat.LastFailure = e;
            answer = $"{Observation.Threw}{e.GetType().Name} {e.Message}";
        }

        // The host goes on with work of its own, in the context that the call left.
        habitat.Started.Add(new Timer(static _ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan));
        var since = Stopwatch.GetTimestamp();
        return (visit.Leave(), answer, since);
    }
}
