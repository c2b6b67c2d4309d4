using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>Shows a twin to ClrMD: its memory, the runtime's library in it, and where its threads stood.</summary>
internal sealed class TwinReader(int processId, MemoryImage memory, IReadOnlyList<MemoryMapping> map, IReadOnlyDictionary<uint, ThreadPosition> threads) : IDataReader
{
    private const string RuntimeLibrary = "libcoreclr.so";

    public string DisplayName => $"twin {processId}";

    public bool IsThreadSafe => false;

    public OSPlatform TargetPlatform => OSPlatform.Linux;

    public Architecture Architecture => RuntimeInformation.ProcessArchitecture;

    public int ProcessId => processId;

    public int PointerSize => sizeof(ulong);

    /// <summary>The runtime's library alone: nothing else is looked at as a file.</summary>
    public IEnumerable<ModuleInfo> EnumerateModules()
    {
        var first = map.FirstOrDefault(static m => m.Offset == 0 && Path.GetFileName(m.Path) == RuntimeLibrary);
        return first.Path is not null && ModuleInfo.TryCreate(this, first.Start, first.Path) is { } module ? [module] : [];
    }

    public bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context)
    {
        if (!threads.TryGetValue(threadID, out var position)) return false;
        // The offsets are those of CONTEXT in the runtime's headers.
        var (flags, flagsAt, stackAt, instructionAt) = Architecture == Architecture.X64 ? (0x10000bu, 0x30, 0x98, 0xf8) : (0x400007u, 0x00, 0x100, 0x108);
        if (context.Length < instructionAt + sizeof(ulong)) return false;
        context.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(context[flagsAt..], flags);
        BinaryPrimitives.WriteUInt64LittleEndian(context[stackAt..], position.StackPointer);
        BinaryPrimitives.WriteUInt64LittleEndian(context[instructionAt..], position.InstructionPointer);
        return true;
    }

    public void FlushCachedData()
    {
    }

    public int Read(ulong address, Span<byte> buffer) => memory.Read(address, buffer);

    public bool Read<T>(ulong address, out T value) where T : unmanaged
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<T>()];
        var complete = memory.Read(address, bytes) == bytes.Length;
        value = complete ? MemoryMarshal.Read<T>(bytes) : default;
        return complete;
    }

    public T Read<T>(ulong address) where T : unmanaged
    {
        Read(address, out T value);
        return value;
    }

    public bool ReadPointer(ulong address, out ulong value) => Read(address, out value);

    public ulong ReadPointer(ulong address) => memory.ReadPointer(address);
}
