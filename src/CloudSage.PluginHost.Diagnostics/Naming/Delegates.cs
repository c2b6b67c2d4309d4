using CloudSage.PluginHost.Diagnostics.Heap;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Naming;

/// <summary>Which method a delegate calls.</summary>
internal sealed class Delegates(HeapView heap)
{
    /// <summary>How far a stub's data may lie behind its code: the sizes of the runtime's stub pages.</summary>
    private static readonly ulong[] StubPages = [0x4000, 0x1000, 0x10000];

    public static bool IsDelegate(ClrType? type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.Name == "System.MulticastDelegate") return true;
        }

        return false;
    }

    /// <returns>The method; null where the object is no delegate, or its method cannot be told.</returns>
    public ClrMethod? MethodOf(ulong address)
    {
        var target = heap.ObjectAt(address);
        if (!IsDelegate(target.Type)) return null;
        // A delegate to a static method has its code in the second pointer.
        return Field(target, "_methodPtrAux") is { } aux and not 0 ? MethodAt(aux) : Field(target, "_methodPtr") is { } direct and not 0 ? MethodAt(direct) : null;
    }

    private static ulong? Field(ClrObject target, string name) => target.TryReadField<nuint>(name, out var value) ? value : null;

    /// <summary>A method that never ran has a stub only; its data, one page of stubs further on, name the method.</summary>
    private ClrMethod? MethodAt(ulong code)
    {
        if (heap.Runtime.GetMethodByInstructionPointer(code) is { } compiled) return compiled;
        foreach (var page in StubPages)
        {
            foreach (var word in (ReadOnlySpan<ulong>)[sizeof(ulong), 0])
            {
                if (heap.Memory.ReadPointer(code + page + word) is not 0 and var handle && heap.Runtime.GetMethodByHandle(handle) is { Name: not null } method) return method;
            }
        }

        return null;
    }
}
