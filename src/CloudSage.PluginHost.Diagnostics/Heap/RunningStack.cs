using CloudSage.PluginHost.Diagnostics.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>
/// The stack of a thread that was running when the snapshot was taken: its registers are unknown, so it cannot be walked. What lies on it is
/// looked through for addresses of managed code and of objects. It may hold remains of calls that have ended; what it names is named with care.
/// </summary>
internal static class RunningStack
{
    /// <summary>How far the runtime's own record of a thread is searched for the ends of its stack, in words.</summary>
    private const int RecordWords = 512;
    private const ulong LeastStack = 16 << 10;
    private const ulong LargestStack = 256 << 20;

    public static IEnumerable<ClrMethod> Frames(ProcessSnapshot snapshot, ClrThread thread)
    {
        var code = snapshot.Map.Where(static m => m.IsExecutable && !m.Path.EndsWith(".so", StringComparison.Ordinal) && !m.Path.Contains(".so.", StringComparison.Ordinal)).ToArray();
        ClrMethod? last = null;
        foreach (var word in Words(snapshot, thread))
        {
            if (!code.Any(m => m.Start <= word && word < m.End)) continue;
            if (snapshot.Runtime.GetMethodByInstructionPointer(word) is not { } method || method.MethodDesc == last?.MethodDesc) continue;
            last = method;
            yield return method;
        }
    }

    public static IEnumerable<ulong> Objects(ProcessSnapshot snapshot, HeapView heap, ClrThread thread)
        => Words(snapshot, thread).Where(w => w % sizeof(ulong) == 0 && snapshot.Runtime.Heap.GetSegmentByAddress(w) is not null && heap.ShapeOf(w)?.Loader is not (null or 0)).Distinct();

    private static IEnumerable<ulong> Words(ProcessSnapshot snapshot, ClrThread thread)
    {
        if (Bounds(snapshot, thread) is not { } bounds) yield break;
        for (var at = bounds.Low; at < bounds.High; at += sizeof(ulong))
        {
            if (snapshot.Memory.ReadPointer(at) is not 0 and var word) yield return word;
        }
    }

    /// <summary>The runtime notes both ends side by side; they are told from other pairs by lying in one writable range, at its end.</summary>
    private static (ulong Low, ulong High)? Bounds(ProcessSnapshot snapshot, ClrThread thread)
    {
        for (var i = 0; i < RecordWords; i++)
        {
            var high = snapshot.Memory.ReadPointer(thread.Address + (ulong)i * sizeof(ulong));
            var low = snapshot.Memory.ReadPointer(thread.Address + (ulong)(i + 1) * sizeof(ulong));
            if (high <= low || high - low < LeastStack || high - low > LargestStack) continue;
            foreach (var range in snapshot.Map)
            {
                if (range.IsWritable && range.Path is "" or "[stack]" && range.Start < high && high <= range.End && low + LeastStack > range.Start - Math.Min(range.Start, LargestStack))
                    return (Math.Max(low, range.Start), high);
            }
        }

        return null;
    }
}
