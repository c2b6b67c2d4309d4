namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>How much of a database is read at the most: it comes from outside.</summary>
internal static class RecordLimits
{
    /// <summary>The length of one record. The longest of the public databases have 2 MB.</summary>
    public const int Bytes = 8 * 1024 * 1024;

    /// <summary>The number of records.</summary>
    public const int Count = 1_000_000;

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="InvalidDataException">It is longer than <see cref="Bytes"/>.</exception>
    public static byte[] ReadAll(Stream stream, string path)
    {
        using var content = new MemoryStream();
        Span<byte> buffer = stackalloc byte[8192];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (content.Length + read > Bytes) throw new InvalidDataException($"'{path}' is longer than {Bytes:N0} bytes.");
            content.Write(buffer[..read]);
        }

        return content.ToArray();
    }
}
