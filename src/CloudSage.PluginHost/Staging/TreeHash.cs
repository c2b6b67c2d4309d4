using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CloudSage.PluginHost.Staging;

/// <summary>One hash over the names, lengths and contents of a plugin's files.</summary>
internal static class TreeHash
{
    private const int BufferLength = 128 * 1024;

    /// <summary>SHA-256 over <c>path NUL length NUL sha256 LF</c> of each file in ordinal order.</summary>
    public static string Of(IEnumerable<StagedFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(static f => f.RelativePath, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.RelativePath}\0{file.Length}\0{file.Sha256}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// Reads a stream once, to its end or just beyond the expected length (a file that grows could be read for ever), and writes on what it read.
    /// </summary>
    /// <returns>How much it was, and its SHA-256 in lower-case hexadecimal digits.</returns>
    public static async Task<(long Length, string Sha256)> CopyAsync(
        Stream source, long expected, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferLength];
        long length = 0;
        int read;
        while (length <= expected && (read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await write(buffer.AsMemory(0, read));
            length += read;
        }

        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
