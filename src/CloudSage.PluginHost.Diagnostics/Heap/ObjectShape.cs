using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>Where the objects of a type have their references, as the runtime's own collector knows it, and whose type it is.</summary>
/// <remarks>ClrMD can walk references too; this does it some ten times as fast, which decides how long a report takes.</remarks>
internal sealed class ObjectShape
{
    private const int WordSize = sizeof(ulong);

    private readonly Run[] _runs;
    private readonly bool _repeats;

    private ObjectShape(ClrType type, ulong loader, Run[] runs, bool repeats) => (Type, Loader, _runs, _repeats) = (type, loader, runs, repeats);

    public ClrType Type { get; }

    /// <summary>The LoaderAllocator that an object of this type keeps alive without a field; 0 where the type is never unloaded.</summary>
    public ulong Loader { get; }

    public bool HasReferences => _runs.Length > 0;

    public static ObjectShape Of(ClrType type, IMemoryReader memory)
    {
        var loader = type.IsCollectible ? memory.ReadPointer(type.LoaderAllocatorHandle) : 0;
        return type.ContainsPointers ? Read(type, loader, memory) : new ObjectShape(type, loader, [], false);
    }

    public ulong Size(ulong address, IMemoryReader memory)
        => (ulong)(uint)Type.StaticSize + (Type.ComponentSize > 0 ? memory.Read<uint>(address + WordSize) * (ulong)(uint)Type.ComponentSize : 0);

    /// <summary>Adds what the object refers to.</summary>
    public void AddReferences(ulong address, IMemoryReader memory, List<ulong> references)
    {
        var size = Size(address, memory);
        if (_repeats) AddRepeated(address, address + size - WordSize, memory, references);
        else
        {
            foreach (var run in _runs) AddRange(address + run.Start, (ulong)(run.Length + (long)size), memory, references);
        }
    }

    private static ObjectShape Read(ClrType type, ulong loader, IMemoryReader memory)
    {
        // The table lies before the method table and grows downwards: CGCDesc in the runtime's gcdesc.h.
        var table = type.MethodTable;
        var count = memory.Read<long>(table - WordSize);
        var runs = new Run[Math.Min(Math.Abs(count), 4_096)];
        for (var i = 0; i < runs.Length; i++)
        {
            var at = table - 3 * WordSize - (ulong)i * (count > 0 ? 2UL : 1UL) * WordSize;
            runs[i] = count > 0
                ? new Run(memory.ReadPointer(at + WordSize), memory.Read<long>(at), 0)
                : new Run(memory.ReadPointer(table - 2 * WordSize), memory.Read<uint>(at), memory.Read<uint>(at + sizeof(uint)));
        }

        return new ObjectShape(type, loader, runs, count < 0);
    }

    /// <summary>An array of structs: the runs of one element, again and again.</summary>
    private void AddRepeated(ulong address, ulong end, IMemoryReader memory, List<ulong> references)
    {
        var at = address + _runs[0].Start;
        while (at < end)
        {
            var before = at;
            foreach (var run in _runs)
            {
                AddRange(at, (ulong)run.Length * WordSize, memory, references);
                at += (ulong)run.Length * WordSize + run.Skip;
            }

            if (at == before) return;
        }
    }

    private static void AddRange(ulong start, ulong length, IMemoryReader memory, List<ulong> references)
    {
        for (var at = start; at < start + length; at += WordSize)
        {
            if (memory.ReadPointer(at) is not 0 and var reference) references.Add(reference);
        }
    }

    /// <summary>Words that are references. In a repeating run the length counts words, else it is in bytes and less the object's size.</summary>
    private readonly record struct Run(ulong Start, long Length, uint Skip);
}
