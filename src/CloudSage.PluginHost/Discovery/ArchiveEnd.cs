using System.Buffers.Binary;

namespace CloudSage.PluginHost.Discovery;

/// <summary>
/// The record at the end of a ZIP archive, which says where its directory is. Whoever writes an archive from front to back writes it last, so that an archive
/// whose end fits its directory was written to its end.
/// </summary>
/// <param name="Entries">How many entries the directory has, as the record says.</param>
/// <param name="DirectoryLength">How long the directory is, in bytes.</param>
/// <param name="Fault">Why there is no such record, or the archive is not of a kind that the host reads; null where nothing is amiss.</param>
internal sealed record ArchiveEnd(int Entries, long DirectoryLength, string? Fault)
{
    private const int Length = 22;
    private const int LongestComment = ushort.MaxValue;
    private static ReadOnlySpan<byte> EndMark => "PK\u0005\u0006"u8;
    private static ReadOnlySpan<byte> EntryMark => "PK\u0001\u0002"u8;

    /// <summary>Reads the record and looks whether a directory is where it says.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ArchiveEnd Read(Stream archive)
    {
        var length = archive.Length;
        if (length < Length) return Amiss(length == 0 ? "it is empty" : "it is too short");

        var tail = new byte[Math.Min(length, Length + LongestComment)];
        archive.Position = length - tail.Length;
        if (archive.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false) < tail.Length) return Amiss("it is cut off");

        var at = tail.AsSpan(0, tail.Length - Length + EndMark.Length).LastIndexOf(EndMark);
        if (at < 0) return Amiss("its end is missing");
        return Judge(archive, tail.AsSpan(at), length - tail.Length + at);
    }

    private static ArchiveEnd Judge(Stream archive, ReadOnlySpan<byte> record, long position)
    {
        var (disk, directoryDisk) = (Word(record[4..]), Word(record[6..]));
        var (here, entries) = (Word(record[8..]), Word(record[10..]));
        var (length, offset) = (BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), BinaryPrimitives.ReadUInt32LittleEndian(record[16..]));
        if (Length + Word(record[20..]) != record.Length) return Amiss("its end is cut off, or something follows it");
        if (entries == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue) return Amiss("it is in the ZIP64 format, which no plugin needs");
        if (disk != 0 || directoryDisk != 0 || here != entries) return Amiss("it is one part of several");
        // Were there room behind the directory, a reader could be led on into what this record does not count.
        if ((long)offset + length != position) return Amiss("its directory is not where its end says");
        return entries > 0 && !BeginsEntry(archive, offset) ? Amiss("its directory is damaged") : new(entries, length, null);
    }

    private static bool BeginsEntry(Stream archive, long offset)
    {
        Span<byte> mark = stackalloc byte[4];
        archive.Position = offset;
        return archive.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length && mark.SequenceEqual(EntryMark);
    }

    private static ushort Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static ArchiveEnd Amiss(string fault) => new(0, 0, fault);
}
