using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>The values of one <see cref="ThreadLocal{T}"/> on all threads.</summary>
/// <param name="shapes">The runtime's private parts.</param>
/// <param name="local">The thread-local.</param>
/// <param name="type">Its closed type.</param>
internal sealed class ThreadLocalSlots(RuntimeShapes shapes, object local, Type type)
{
    /// <summary>
    /// Takes the values from the threads, as disposing does, but leaves the thread-local usable: a thread that asks for its value makes
    /// one anew.
    /// </summary>
    /// <returns>How many threads had one.</returns>
    public int Release()
    {
        var (first, id) = (shapes.Field(type, "_linkedSlot"), shapes.Field(type, "_idComplement"));
        if (first?.GetValue(local) is not { } head || id is null || shapes.Field(type, "s_idManagerLock")?.GetValue(null) is not Lock gate) return 0;
        var (next, array) = (shapes.Field(head.GetType(), "_next"), shapes.Field(head.GetType(), "_slotArray"));
        if (next is null || array is null) return 0;
        using (gate.EnterScope()) return Release(head, ~(int)id.GetValue(local)!, next, array);
    }

    private static int Release(object head, int id, FieldInfo next, FieldInfo array)
    {
        var released = 0;
        for (var slot = next.GetValue(head); id >= 0 && slot is not null; slot = next.GetValue(slot))
        {
            if (array.GetValue(slot) is not Array ofThread || id >= ofThread.Length) continue;
            array.SetValue(slot, null);
            Array.Clear(ofThread, id, 1);
            released++;
        }

        next.SetValue(head, null);
        return released;
    }
}
