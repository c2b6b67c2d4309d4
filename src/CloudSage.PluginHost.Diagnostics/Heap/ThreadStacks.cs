using CloudSage.PluginHost.Diagnostics.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>The stacks of a snapshot's threads: walked where the place of the thread is known, else searched for what looks like a frame.</summary>
internal sealed class ThreadStacks
{
    private const int DeepestStack = 256;

    private readonly ProcessSnapshot _snapshot;
    private readonly HeapView _heap;
    private readonly Dictionary<uint, IReadOnlyList<ClrMethod>> _frames = [];

    public ThreadStacks(ProcessSnapshot snapshot, HeapView heap, int ownThread)
    {
        (_snapshot, _heap) = (snapshot, heap);
        Threads = [.. snapshot.Runtime.Threads.Where(t => t.IsAlive && t.ManagedThreadId != ownThread)];
    }

    /// <summary>The threads, without the one that takes the snapshot.</summary>
    public IReadOnlyList<ClrThread> Threads { get; }

    /// <summary>The methods that the thread is in, innermost first.</summary>
    public IReadOnlyList<ClrMethod> FramesOf(ClrThread thread)
    {
        if (_frames.TryGetValue(thread.OSThreadId, out var known)) return known;
        ClrMethod[] walked = [.. thread.EnumerateStackTrace(includeContext: false, DeepestStack).Select(static f => f.Method).OfType<ClrMethod>()];
        return _frames[thread.OSThreadId] = walked.Length > 0 ? walked : [.. RunningStack.Frames(_snapshot, thread).DistinctBy(static m => m.MethodDesc)];
    }

    /// <summary>The objects on the thread's stack. Of one that was running, everything that looks like an object of a plugin.</summary>
    public IEnumerable<Root> RootsOf(ClrThread thread)
    {
        Root[] walked = [.. thread.EnumerateStackRoots().Select(r => new Root(RootKind.Stack, r.Object.Address, thread, Frame: r.StackFrame?.Method) { IsTransient = true })];
        return walked.Length > 0 ? walked : RunningStack.Objects(_snapshot, _heap, thread).Select(o => new Root(RootKind.Stack, o, thread) { IsTransient = true });
    }
}
