using System.IO.Compression;
using System.IO.Hashing;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging.Writing;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>Writes the files of one archive, and counts what it wrote.</summary>
internal sealed class EntryWriter(ArchiveLimits limits, long archiveLength)
{
    private const UnixFileMode Access = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly byte[] _buffer = new byte[80 * 1024];
    private long _written;

    /// <summary>Writes a file that is not there yet.</summary>
    /// <returns>Why the archive is refused; null where the file was written whole.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<Finding?> WriteAsync(ZipArchiveEntry entry, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var target = NewFile.Create(path, ModeOf(entry));
        var (writing, length, checksum) = (false, 0L, new Crc32());
        try
        {
            await using var source = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
            int read;
            while ((read = await source.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                length += read;
                _written += read;
                if (Excess() is { } excess) return excess;
                checksum.Append(_buffer.AsSpan(0, read));
                writing = true;
                await target.WriteAsync(_buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                writing = false;
            }

            return length == entry.Length && checksum.GetCurrentHashAsUInt32() == entry.Crc32 ? null : Damaged(entry, "its checksum or its length is another");
        }
        catch (Exception e) when (!writing && ArchiveDamage.Is(e))
        {
            // A stranger's bytes. Trouble with writing is the caller's to report.
            return Damaged(entry, e.Message);
        }
    }

    private Finding? Excess()
    {
        if (_written > limits.Bytes)
            return Finding.Error(
                ArchiveCodes.TooLarge, $"The archive's files are larger than {limits.Bytes:N0} bytes.",
                "Remove what does not belong to the plugin and pack again.");
        if (_written > limits.RatioCountsFrom && _written / limits.Ratio > archiveLength)
            return Finding.Error(
                ArchiveCodes.Bomb, $"The archive's files are more than {limits.Ratio} times as large as the archive of {archiveLength:N0} bytes.",
                "Do not use it unless you know why; then unpack it into a folder of its own.");
        return null;
    }

    private static Finding Damaged(ZipArchiveEntry entry, string why)
        => Finding.Error(
            ArchiveCodes.EntryDamaged, $"The archive's entry {ShownText.Quote(entry.FullName)} is damaged: {ShownText.Escape(why).TrimEnd('.')}.",
            "Copy the archive again, or pack it again.");

    /// <summary>A program stays one; nothing else of what the archive says of rights counts.</summary>
    private static UnixFileMode ModeOf(ZipArchiveEntry entry) => Access | ((UnixFileMode)(entry.ExternalAttributes >> 16) & Execute);
}
