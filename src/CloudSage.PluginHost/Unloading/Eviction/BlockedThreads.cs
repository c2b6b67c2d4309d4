using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Tells whether a thread blocks on what a timer or a task will set off. Such a thread keeps the plugin in memory by itself, and if
/// nobody woke it any more it would do so for ever: what it waits for is left, and looked at again later.
/// </summary>
internal sealed class BlockedThreads(RuntimeShapes shapes, TaskWaiters tasks)
{
    private const int MaxDepth = 3;
    private const int MaxObjects = 64;
    private const int Waiters = 0x7FFFF;

    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Whether a thread waits for something in or near an object: a task, an event, a semaphore.</summary>
    public bool WaitNear(object? start)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        return start is not null && WaitNear(start, seen, depth: 0);
    }

    private bool WaitNear(object thing, HashSet<object> seen, int depth)
    {
        if (seen.Count >= MaxObjects || !seen.Add(thing)) return false;
        switch (thing)
        {
            case Task task: return tasks.HasBlockedThread(task);
            case ManualResetEventSlim happening: return (Number(typeof(ManualResetEventSlim), "m_combinedState", happening) & Waiters) != 0;
            case SemaphoreSlim semaphore: return Number(typeof(SemaphoreSlim), "m_waitCount", semaphore) != 0;
            case string or MemberInfo or Assembly or Array: return false;
        }

        for (var type = thing.GetType(); depth < MaxDepth && type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Fields))
            {
                if (!field.FieldType.IsValueType && !field.FieldType.IsPointer && field.GetValue(thing) is { } next && WaitNear(next, seen, depth + 1)) return true;
            }
        }

        return false;
    }

    private int Number(Type type, string field, object thing) => shapes.Field(type, field)?.GetValue(thing) is int number ? number : 0;
}
