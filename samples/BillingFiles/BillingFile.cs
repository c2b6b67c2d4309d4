using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Analysis;

namespace CloudSage.Samples.BillingFiles;

/// <summary>A billing file as text, decompressed where it is gzip. Its first bytes decide, not its name.</summary>
internal sealed class BillingFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly CountingStream? _decompressed;

    private BillingFile(FileStream file, bool gzip)
    {
        _file = file;
        _decompressed = gzip ? new CountingStream(new GZipStream(file, CompressionMode.Decompress)) : null;
        // The reader finds and drops a byte order mark by itself.
        Text = new StreamReader((Stream?)_decompressed ?? file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
    }

    public TextReader Text { get; }

    public static BillingFile Open(CostSource source)
    {
        try
        {
            var file = new FileStream(source.Location, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true);
            Span<byte> head = stackalloc byte[2];
            var gzip = file.ReadAtLeast(head, 2, throwOnEndOfStream: false) == 2 && head is [0x1f, 0x8b];
            file.Position = 0;
            return new BillingFile(file, gzip);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CostSourceException($"{source.Name} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>.NET reads a gzip file that was cut short as if it ended there, so the length that its last four bytes state is compared.</summary>
    public DataQualityFinding? CheckEnd(long lastLine)
    {
        if (_decompressed is null || _file.Length < 4) return null;
        Span<byte> tail = stackalloc byte[4];
        _file.Position = _file.Length - 4;
        _file.ReadExactly(tail);
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        return stated == unchecked((uint)_decompressed.Count) ? null : new DataQualityFinding(lastLine, null, FindingCodes.TruncatedFile,
            $"The file decompresses to {_decompressed.Count} bytes but states {stated}: it is cut short, or made of several gzip files.");
    }

    public async ValueTask DisposeAsync()
    {
        Text.Dispose();
        await _file.DisposeAsync().ConfigureAwait(false);
    }
}
