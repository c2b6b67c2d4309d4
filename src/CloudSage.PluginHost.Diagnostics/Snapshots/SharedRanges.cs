using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>
/// The memory that a twin would share with the application and so see change: the runtime maps its own tables twice, to keep code from being
/// written. The twin replaces each range by a copy of its own, before anything else. Also the word by which it says that it has.
/// </summary>
internal sealed unsafe class SharedRanges : IDisposable
{
    private const int Shared = 1;
    private const int Private = 2;
    private const int Anonymous = 0x20;
    private const int ReadWrite = 3;
    private const int MoveFixed = 3;

    private readonly long _map;
    private readonly long _remap;
    private readonly long _unmap;
    private readonly long _read;
    private readonly Range* _ranges;
    private readonly int _count;
    private readonly long* _done;

    /// <exception cref="OutOfMemoryException">There is no memory for the list.</exception>
    public SharedRanges(SystemCall.Numbers calls)
    {
        (_map, _remap, _unmap, _read) = (calls.Map, calls.Remap, calls.Unmap, calls.ReadProcess);
        var ranges = MemoryMap.Read(Environment.ProcessId).Where(static m => m.IsShared && m.IsReadable && m.IsWritable && !m.IsExecutable).ToArray();
        _count = ranges.Length;
        _ranges = (Range*)NativeMemory.Alloc((nuint)Math.Max(1, _count), (nuint)sizeof(Range));
        for (var i = 0; i < _count; i++) _ranges[i] = new Range { Start = (long)ranges[i].Start, Length = (long)(ranges[i].End - ranges[i].Start) };
        var page = SystemCall.Invoke(_map, 0, Environment.SystemPageSize, ReadWrite, Shared | Anonymous, -1);
        _done = page > 0 ? (long*)page : null;
    }

    /// <summary>Whether the twin has its own copies, or at least has tried.</summary>
    public bool IsDone => _done is null || Volatile.Read(ref *_done) != 0;

    /// <summary>Runs the same code with nothing to do, so that all of it is compiled: in the twin it could not be.</summary>
    public void Rehearse()
    {
        MakePrivate(0, ownId: 0);
        if (_done is not null) *_done = 0;
    }

    public int Count => _count;

    /// <summary>In the twin: replaces the first ones of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void MakePrivate(int count, long ownId) => Replace(_ranges, count, _map, _remap, _read, ownId, _done);

    /// <summary>Calls nothing but the kernel. A copy is made in a new place and moved over the old one at once, for the twin lives on that memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Replace(Range* ranges, int count, long map, long remap, long read, long ownId, long* done)
    {
        for (var i = 0; i < count; i++)
        {
            var length = ranges[i].Length;
            var copy = SystemCall.Invoke(map, 0, length, ReadWrite, Private | Anonymous, -1);
            if (copy is <= 0 and > -4096) continue;
            var to = new Range { Start = copy, Length = length };
            // The kernel copies, for it only refuses where a range is gone: the runtime maps some for moments.
            if (SystemCall.Invoke(read, ownId, (long)&to, 1, (long)(ranges + i), 1) == length)
                SystemCall.Invoke(remap, copy, length, length, MoveFixed, ranges[i].Start);
        }

        if (done is not null) *done = 1;
    }

    public void Dispose()
    {
        NativeMemory.Free(_ranges);
        if (_done is not null) SystemCall.Invoke(_unmap, (long)_done, Environment.SystemPageSize);
    }

    /// <summary>As the kernel has it: an iovec.</summary>
    private struct Range
    {
        public long Start;
        public long Length;
    }
}
