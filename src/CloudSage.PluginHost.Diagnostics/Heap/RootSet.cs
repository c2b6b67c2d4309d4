using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>Everything that is alive by itself in a snapshot.</summary>
internal static class RootSet
{
    /// <param name="heap">The objects.</param>
    /// <param name="stacks">What the threads have on their stacks.</param>
    /// <param name="withThreadStatics">Whether the static fields of threads are read.</param>
    public static IEnumerable<Root> Of(HeapView heap, ThreadStacks stacks, bool withThreadStatics)
    {
        foreach (var handle in heap.Runtime.EnumerateHandles())
        {
            if (IsStrong(handle) && handle.Object.Address != 0) yield return new Root(RootKind.Handle, handle.Object.Address, Handle: handle);
        }

        foreach (var thread in stacks.Threads)
        {
            foreach (var root in stacks.RootsOf(thread)) yield return root;
        }

        foreach (var value in withThreadStatics ? ThreadStatics(heap.Runtime) : []) yield return value with { IsTransient = IsTransient(value, stacks) };
        foreach (var waiting in heap.Runtime.Heap.EnumerateFinalizerRoots()) yield return new Root(RootKind.Finalizer, waiting.Object.Address);
    }

    /// <summary>By name, for the runtime has weak kinds that ClrMD counts among the strong.</summary>
    public static bool IsStrong(ClrHandle handle) => handle.HandleKind switch
    {
        ClrHandleKind.Strong or ClrHandleKind.Pinned or ClrHandleKind.AsyncPinned or ClrHandleKind.SizedRef => true,
        ClrHandleKind.RefCounted => handle.ReferenceCount > 0,
        _ => false,
    };

    /// <summary>The task that a thread is at; and whatever the thread has that takes the snapshot, on behalf of who asked for it.</summary>
    private static bool IsTransient(Root value, ThreadStacks stacks) => value.Field?.Name == "t_currentTask" || !stacks.Threads.Contains(value.Thread);

    /// <summary>Collectible types are left out: their values are kept with the plugin, not by the thread.</summary>
    private static IEnumerable<Root> ThreadStatics(ClrRuntime runtime)
    {
        var threads = runtime.Threads.Where(static t => t.IsAlive).ToArray();
        foreach (var field in StaticFields.TypesOf(runtime).Where(static t => !t.IsCollectible).SelectMany(static t => t.ThreadStaticFields))
        {
            if (!field.IsObjectReference) continue;
            foreach (var thread in threads)
            {
                if (field.IsInitialized(thread) && field.ReadObject(thread) is { IsNull: false } value)
                    yield return new Root(RootKind.ThreadStatic, value.Address, thread, field);
            }
        }
    }
}
