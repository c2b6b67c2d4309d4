using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>The objects of a snapshot, with their types and references.</summary>
internal sealed class HeapView(ClrRuntime runtime, IMemoryReader memory)
{
    private readonly Dictionary<ulong, ObjectShape?> _shapes = [];
    private readonly Lazy<ILookup<ulong, ulong>> _dependents = new(() => runtime.EnumerateHandles()
        .Where(static h => h.HandleKind == ClrHandleKind.Dependent && h.Object.Address != 0 && h.Dependent.Address != 0)
        .ToLookup(static h => h.Object.Address, static h => h.Dependent.Address));

    public ClrRuntime Runtime => runtime;

    public IMemoryReader Memory => memory;

    /// <summary>What a key in a ConditionalWeakTable keeps alive, by key.</summary>
    public ILookup<ulong, ulong> Dependents => _dependents.Value;

    /// <returns>The shape of the object; null where there is none.</returns>
    public ObjectShape? ShapeOf(ulong address)
    {
        // The collector's marks are in the lowest bits.
        var table = memory.ReadPointer(address) & ~7UL;
        if (table == 0) return null;
        if (_shapes.TryGetValue(table, out var shape)) return shape;
        return _shapes[table] = runtime.GetTypeByMethodTable(table) is { } type ? ObjectShape.Of(type, memory) : null;
    }

    public ClrObject ObjectAt(ulong address) => runtime.Heap.GetObject(address);

    /// <summary>Where in an object the reference to another stands.</summary>
    /// <returns>The address of the word; 0 where none is found.</returns>
    public ulong SlotOf(ulong holder, ulong held)
    {
        if (ShapeOf(holder) is not { } shape) return 0;
        var end = holder + shape.Size(holder, memory);
        for (var at = holder + sizeof(ulong); at < end; at += sizeof(ulong))
        {
            if (memory.ReadPointer(at) == held) return at;
        }

        return 0;
    }
}
