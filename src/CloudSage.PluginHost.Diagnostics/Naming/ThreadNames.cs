using CloudSage.PluginHost.Diagnostics.Heap;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Naming;

/// <summary>Threads by the names that their makers gave them.</summary>
internal sealed class ThreadNames
{
    private readonly Dictionary<int, string> _names = [];

    public ThreadNames(HeapView heap)
    {
        foreach (var handle in heap.Runtime.EnumerateHandles())
        {
            if (handle.Object.Type?.Name != "System.Threading.Thread" || !handle.Object.TryReadField<int>("_managedThreadId", out var id)) continue;
            if (handle.Object.TryReadStringField("_name", null, out var name) && name is not null) _names[id] = name;
        }
    }

    public string Of(ClrThread thread) => _names.TryGetValue(thread.ManagedThreadId, out var name) ? $"thread '{name}'" : $"thread {thread.ManagedThreadId}";
}
