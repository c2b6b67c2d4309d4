using CloudSage.PluginHost.Diagnostics.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>
/// The stack of a thread that was running when the snapshot was taken: its registers are unknown, so the runtime cannot walk it. Its frames are
/// found by their chain instead: code that the runtime compiles keeps in each frame the place of its caller's. The chain is followed from the
/// outermost frame inwards, so that addresses that lie on the stack as remains of calls that have ended are not taken for frames.
/// </summary>
internal static class RunningStack
{
    /// <summary>How far the runtime's own record of a thread is searched for the ends of its stack, in words.</summary>
    private const int RecordWords = 512;
    private const ulong LeastStack = 16 << 10;
    private const ulong LargestStack = 256 << 20;
    private const ulong LargestFrame = 1 << 20;
    private const int MainThread = 1;
    private const string MainStack = "[stack]";
    private static readonly ulong Page = (ulong)Environment.SystemPageSize;

    /// <returns>The methods, innermost first.</returns>
    public static IEnumerable<ClrMethod> Frames(ProcessSnapshot snapshot, ClrThread thread)
    {
        if (Bounds(snapshot, thread) is not { } bounds) return [];
        var callees = Links(snapshot, bounds);
        var managed = snapshot.Map.Where(static m => m.IsExecutable && !m.Path.EndsWith(".so", StringComparison.Ordinal) && !m.Path.Contains(".so.", StringComparison.Ordinal)).ToArray();
        // The outermost frames are the system's; the first managed one is known, and a chain without it is what is left of another.
        foreach (var outermost in callees.Keys.Except(callees.Values).OrderDescending())
        {
            var methods = Chain(snapshot, managed, callees, outermost);
            if (methods.Count == 0 || !IsFirst(thread, methods[0])) continue;
            methods.Reverse();
            return methods;
        }

        return [];
    }

    public static IEnumerable<ulong> Objects(ProcessSnapshot snapshot, HeapView heap, ClrThread thread)
        => Words(snapshot, thread).Where(w => w % sizeof(ulong) == 0 && snapshot.Runtime.Heap.GetSegmentByAddress(w) is not null && heap.ShapeOf(w)?.Loader is not (null or 0)).Distinct();

    private static bool IsFirst(ClrThread thread, ClrMethod method)
        => method is { Name: "StartCallback", Type.Name: "System.Threading.Thread" } || (thread.ManagedThreadId == MainThread && method.Type is { IsCollectible: false });

    /// <summary>For each frame the one that it called last: the highest place below that holds its address, with a place in code beside it to return to.</summary>
    private static Dictionary<ulong, ulong> Links(ProcessSnapshot snapshot, (ulong Low, ulong High) bounds)
    {
        var code = snapshot.Map.Where(static m => m.IsExecutable).ToArray();
        var callees = new Dictionary<ulong, ulong>();
        for (var at = bounds.Low; at < bounds.High; at += sizeof(ulong))
        {
            var caller = snapshot.Memory.ReadPointer(at);
            if (caller <= at || caller >= bounds.High || caller - at > LargestFrame || caller % sizeof(ulong) != 0) continue;
            var returns = snapshot.Memory.ReadPointer(at + sizeof(ulong));
            if (code.Any(m => m.Start <= returns && returns < m.End)) callees[caller] = at;
        }

        return callees;
    }

    /// <summary>The runtime's library is asked for nothing but what can be managed code: it may crash on other addresses.</summary>
    private static List<ClrMethod> Chain(ProcessSnapshot snapshot, MemoryMapping[] managed, Dictionary<ulong, ulong> callees, ulong outermost)
    {
        var methods = new List<ClrMethod>();
        for (var at = outermost; callees.TryGetValue(at, out var callee); at = callee)
        {
            var returns = snapshot.Memory.ReadPointer(callee + sizeof(ulong));
            if (managed.Any(m => m.Start <= returns && returns < m.End) && snapshot.Runtime.GetMethodByInstructionPointer(returns) is { } method) methods.Add(method);
        }

        return methods;
    }

    private static IEnumerable<ulong> Words(ProcessSnapshot snapshot, ClrThread thread)
    {
        if (Bounds(snapshot, thread) is not { } bounds) yield break;
        for (var at = bounds.Low; at < bounds.High; at += sizeof(ulong))
        {
            if (snapshot.Memory.ReadPointer(at) is not 0 and var word) yield return word;
        }
    }

    /// <summary>
    /// The runtime notes both ends side by side. They are told from other pairs of addresses in its record of the thread by beginning with a page:
    /// above the guard where stacks are mapped, which blocks of the C library's heap, in mappings like a stack's, do not. Its upper end does too,
    /// save where the C library (musl) keeps the thread's own data there.
    /// </summary>
    private static (ulong Low, ulong High)? Bounds(ProcessSnapshot snapshot, ClrThread thread)
        => Pairs(snapshot, thread).OrderBy(static p => p.High % Page != 0).Select(static p => ((ulong, ulong)?)p).FirstOrDefault();

    private static IEnumerable<(ulong Low, ulong High)> Pairs(ProcessSnapshot snapshot, ClrThread thread)
    {
        for (var i = 0; i < RecordWords; i++)
        {
            var high = snapshot.Memory.ReadPointer(thread.Address + (ulong)i * sizeof(ulong));
            var low = snapshot.Memory.ReadPointer(thread.Address + (ulong)(i + 1) * sizeof(ulong));
            if (low % Page != 0 || high <= low || high - low < LeastStack || high - low > LargestStack) continue;
            foreach (var range in snapshot.Map)
            {
                // The main thread's grows downwards: its lower end is the limit, below what is mapped.
                if (range.IsWritable && range.Path is "" or MainStack && range.Start < high && high <= range.End && (range.Start <= low || range.Path == MainStack))
                    yield return (Math.Max(low, range.Start), high);
            }
        }
    }
}
