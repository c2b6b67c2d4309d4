namespace CloudSage.Benchmarks.Measuring;

/// <summary>Brings the heap to rest between measurements, so that one contender's garbage is not collected on another's time.</summary>
internal static class Heap
{
    public static void Settle()
    {
        for (var i = 0; i < 2; i++) Collect();
    }

    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
