using System.Diagnostics;

namespace CloudSage.Benchmarks.Measuring;

/// <summary>What a process holds.</summary>
/// <param name="Resident">Resident memory in bytes, after the heap has settled.</param>
/// <param name="Managed">Managed memory in bytes.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Handles">Its open handles; on Linux its open files.</param>
internal sealed record Footprint(long Resident, long Managed, int Threads, int Handles)
{
    public static Footprint OfThisProcess()
    {
        Heap.Settle();
        using var process = Process.GetCurrentProcess();
        return new Footprint(process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false), process.Threads.Count, process.HandleCount);
    }
}
