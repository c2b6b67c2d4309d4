using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace CloudSage.UnitTests.Staging.Archives;

/// <summary>Writes ZIP archives byte for byte, lies included: what no packing tool would write.</summary>
internal sealed class CraftedArchive
{
    private readonly List<CraftedEntry> _entries = [];

    /// <summary>What the end says of the number of entries; null for the truth.</summary>
    public int? StatedEntries { get; init; }

    /// <summary>What the end says of the directory's place, added to the truth.</summary>
    public int OffsetLie { get; init; }

    public ushort Disk { get; init; }

    public string Comment { get; init; } = string.Empty;

    /// <summary>Bytes between the directory and the end.</summary>
    public byte[] Gap { get; init; } = [];

    public CraftedArchive Add(CraftedEntry entry)
    {
        _entries.Add(entry);
        return this;
    }

    public CraftedArchive Add(string name, string content = "content") => Add(new CraftedEntry(name, Encoding.UTF8.GetBytes(content)));

    public byte[] ToBytes()
    {
        var bytes = new MemoryStream();
        var offsets = new List<uint>();
        foreach (var entry in _entries)
        {
            if (entry.SharesContentOfFirst && offsets.Count > 0)
            {
                offsets.Add(offsets[0]);
                continue;
            }

            offsets.Add((uint)bytes.Position);
            bytes.Write([0x50, 0x4B, 3, 4, 20, 0]);
            WriteCommon(bytes, entry);
            bytes.Write(entry.RawName);
            bytes.Write(entry.Packed);
        }

        var start = bytes.Position;
        foreach (var (entry, offset) in _entries.Zip(offsets))
        {
            bytes.Write([0x50, 0x4B, 1, 2, 20, 3, 20, 0]);
            WriteCommon(bytes, entry);
            Words(bytes, 0, 0, 0);
            Numbers(bytes, entry.Attributes, offset);
            bytes.Write(entry.RawName);
        }

        var length = bytes.Position - start;
        bytes.Write(Gap);
        var stated = (ushort)(StatedEntries ?? _entries.Count);
        bytes.Write("PK\u0005\u0006"u8);
        Words(bytes, Disk, Disk, stated, stated);
        Numbers(bytes, (uint)length, (uint)(start + OffsetLie));
        Words(bytes, (ushort)Comment.Length);
        bytes.Write(Encoding.UTF8.GetBytes(Comment));
        return bytes.ToArray();
    }

    private static void WriteCommon(MemoryStream bytes, CraftedEntry entry)
    {
        Words(bytes, entry.Flags, entry.Method, 0, 0);
        Numbers(bytes, entry.Checksum, (uint)(entry.StatedPackedLength ?? entry.Packed.Length), (uint)(entry.StatedLength ?? entry.Content.Length));
        Words(bytes, (ushort)entry.RawName.Length, 0);
    }

    private static void Words(MemoryStream bytes, params ReadOnlySpan<ushort> words)
    {
        Span<byte> buffer = stackalloc byte[2];
        foreach (var word in words)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(buffer, word);
            bytes.Write(buffer);
        }
    }

    private static void Numbers(MemoryStream bytes, params ReadOnlySpan<uint> numbers)
    {
        Span<byte> buffer = stackalloc byte[4];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(buffer, number);
            bytes.Write(buffer);
        }
    }
}

/// <summary>One entry of a crafted archive: the truth, unless it is told to lie.</summary>
internal sealed class CraftedEntry(string name, byte[] content)
{
    private const ushort NamesAreUtf8 = 1 << 11;
    private byte[]? _packed;

    public byte[] Content => content;

    public byte[] RawName { get; init; } = Encoding.UTF8.GetBytes(name);

    /// <summary>0 is stored, 8 is deflated.</summary>
    public ushort Method { get; init; }

    public ushort Flags { get; init; } = NamesAreUtf8;

    /// <summary>The mode on Unix.</summary>
    public int Mode { get; init; }

    public FileAttributes WindowsAttributes { get; init; }

    public uint? StatedChecksum { get; init; }

    public int? StatedLength { get; init; }

    public int? StatedPackedLength { get; init; }

    /// <summary>Stands in the directory alone, and points at the first entry's content.</summary>
    public bool SharesContentOfFirst { get; init; }

    public uint Attributes => ((uint)Mode << 16) | (uint)WindowsAttributes;

    public byte[] Packed => _packed ??= Method == 8 ? Deflate(content) : content;

    public uint Checksum => StatedChecksum ?? Crc32.HashToUInt32(content);

    private static byte[] Deflate(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) deflate.Write(bytes);
        return packed.ToArray();
    }
}
