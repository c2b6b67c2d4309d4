using System.Diagnostics;
using System.Runtime.Loader;
using CloudSage.Benchmarks.Measuring;

namespace CloudSage.Benchmarks.Scale;

/// <summary>What this process holds of the machine's memory.</summary>
internal static class Memory
{
    private const int MostCollections = 20;

    public static long Resident()
    {
        Heap.Settle();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>The same when all that can leave has left: contexts need more than one collection, and the heap gives back what it does not need only when told to.</summary>
    public static long ResidentAfterUnload()
    {
        for (var i = 0; i < MostCollections && Contexts() > 1; i++) Heap.Settle();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Resident();
    }

    /// <summary>The collectible contexts that are in memory.</summary>
    public static int Contexts() => AssemblyLoadContext.All.Count(static c => c.IsCollectible);
}
