using System.Buffers.Binary;

namespace CloudSage.PluginHost.Discovery;

/// <summary>
/// Judges by an ELF file's own header whether all of it is there: its section table is the last thing linkers write.
/// Of a file that is no ELF file it says nothing.
/// </summary>
internal static class ElfCompleteness
{
    private const int HeaderLength = 64;

    public static FileWholeness Judge(Stream stream)
    {
        var length = stream.Length;
        Span<byte> header = stackalloc byte[HeaderLength];
        var read = stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
        if (!header[..read].StartsWith("\u007fELF"u8))
            return FileWholeness.Whole;
        if (read < HeaderLength)
            return FileWholeness.Truncated("its header is cut off");

        var is64 = header[4] == 2;
        var isLittle = header[5] == 1;
        var offset = is64 ? Number(header.Slice(0x28, 8), isLittle) : Number(header.Slice(0x20, 4), isLittle);
        var entrySize = Number(header.Slice(is64 ? 0x3A : 0x2E, 2), isLittle);
        var entries = Number(header.Slice(is64 ? 0x3C : 0x30, 2), isLittle);

        // Stripped to the bone, a file may have no section table; nothing then says how long it should be.
        if (offset == 0)
            return FileWholeness.Whole;

        return offset <= (ulong)length && (ulong)length - offset >= entrySize * entries
            ? FileWholeness.Whole
            : FileWholeness.Truncated($"its section table at {offset:N0} lies beyond its {length:N0} bytes");
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, bool isLittle) => bytes.Length switch
    {
        2 => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes),
        4 => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes),
        _ => isLittle ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };
}
