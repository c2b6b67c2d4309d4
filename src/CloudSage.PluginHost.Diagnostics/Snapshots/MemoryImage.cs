using Microsoft.Win32.SafeHandles;

namespace CloudSage.PluginHost.Diagnostics.Snapshots;

/// <summary>Reads a twin's memory in large pieces and keeps those that were used last, up to a bound. It does not change, so what was read stays true.</summary>
internal sealed class MemoryImage : IDisposable
{
    private const int PieceBits = 16;
    private const int PieceSize = 1 << PieceBits;
    private const int PageSize = 4096;
    private const int MaxPieces = 1_024;

    private readonly SafeFileHandle _memory;
    private readonly Dictionary<ulong, Piece> _pieces = [];
    private readonly Queue<ulong> _order = new();
    private readonly HashSet<ulong> _kept = [];
    private Piece? _last;

    /// <exception cref="UnauthorizedAccessException">The kernel does not let this process read its child.</exception>
    public MemoryImage(int processId) => _memory = File.OpenHandle($"/proc/{processId}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Reads as much as there is.</summary>
    /// <returns>How many bytes were read, from the beginning without a gap.</returns>
    public int Read(ulong address, Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length)
        {
            var piece = At((address + (uint)read) >> PieceBits);
            var offset = (int)((address + (uint)read) & (PieceSize - 1));
            var available = piece.Available(offset, Math.Min(buffer.Length - read, PieceSize - offset));
            if (available == 0) break;
            piece.Bytes.AsSpan(offset, available).CopyTo(buffer[read..]);
            read += available;
        }

        return read;
    }

    public ulong ReadPointer(ulong address)
    {
        var offset = (int)(address & (PieceSize - 1));
        if (offset <= PieceSize - sizeof(ulong))
        {
            var piece = At(address >> PieceBits);
            return piece.Available(offset, sizeof(ulong)) == sizeof(ulong) ? BitConverter.ToUInt64(piece.Bytes, offset) : 0;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        return Read(address, bytes) == sizeof(ulong) ? BitConverter.ToUInt64(bytes) : 0;
    }

    /// <summary>
    /// Reads what is shared between the process and its twin, and so goes on changing: the runtime's own tables, which it maps twice to keep code
    /// from being written. What is read now stays.
    /// </summary>
    public void KeepShared(IEnumerable<MemoryMapping> map)
    {
        foreach (var range in map.Where(static m => m.IsShared && m.IsReadable && !m.IsExecutable))
        {
            for (var number = range.Start >> PieceBits; number <= (range.End - 1) >> PieceBits; number++)
            {
                if (_kept.Add(number)) _pieces[number] = Load(number, GC.AllocateUninitializedArray<byte>(PieceSize));
            }
        }
    }

    public void Dispose() => _memory.Dispose();

    private Piece At(ulong number)
    {
        if (_last is { } last && last.Number == number) return last;
        if (!_pieces.TryGetValue(number, out var piece)) _pieces[number] = piece = LoadInPlace(number);
        return _last = piece;
    }

    private Piece LoadInPlace(ulong number)
    {
        byte[]? bytes = null;
        if (_order.Count >= MaxPieces && _pieces.Remove(_order.Dequeue(), out var oldest)) bytes = oldest.Bytes;
        _order.Enqueue(number);
        return Load(number, bytes ?? GC.AllocateUninitializedArray<byte>(PieceSize));
    }

    private Piece Load(ulong number, byte[] bytes)
    {
        var piece = new Piece(number, bytes);
        var start = number << PieceBits;
        if (TryRead(start, piece.Bytes) == PieceSize)
        {
            piece.SetAll();
            return piece;
        }

        for (var page = 0; page < PieceSize; page += PageSize)
        {
            if (TryRead(start + (uint)page, piece.Bytes.AsSpan(page, PageSize)) == PageSize) piece.Set(page / PageSize);
        }

        return piece;
    }

    private int TryRead(ulong address, Span<byte> buffer)
    {
        if (address > long.MaxValue) return 0;
        try
        {
            return RandomAccess.Read(_memory, buffer, (long)address);
        }
        catch (IOException)
        {
            // Nothing is mapped there.
            return 0;
        }
    }

    private sealed class Piece(ulong number, byte[] bytes)
    {
        private uint _pages;

        public ulong Number => number;

        public byte[] Bytes => bytes;

        public void SetAll() => _pages = uint.MaxValue;

        public void Set(int page) => _pages |= 1u << page;

        /// <summary>How many of the bytes are there, without a gap.</summary>
        public int Available(int offset, int length)
        {
            if (_pages == uint.MaxValue) return length;
            var end = offset;
            while (end < offset + length && (_pages & (1u << (end / PageSize))) != 0) end = (end / PageSize + 1) * PageSize;
            return Math.Min(end - offset, length);
        }
    }
}
