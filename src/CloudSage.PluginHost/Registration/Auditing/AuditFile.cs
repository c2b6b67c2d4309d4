using System.Text.Json;

namespace CloudSage.PluginHost.Registration.Auditing;

/// <summary>
/// The audit log on disk: a JSON object a line, only ever appended to. Opened for each batch, so that several processes may write to it and that it may be
/// rotated at any time. JSON escapes whatever names and messages hold, so no plugin can forge a line.
/// </summary>
internal sealed class AuditFile(string path)
{
    /// <summary>Where lines are looked for that may be there already: far more than others can have written since.</summary>
    private const int TailLength = 1 << 20;

    public string Path => path;

    /// <summary>Appends entries, on disk when it returns.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing was appended.</exception>
    public void Append(IEnumerable<AuditEntry> entries) => Append(entries, (_, _) => false);

    /// <summary>Appends those of the entries that are not among the last: whoever was to write them may have died after it had.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing was appended.</exception>
    public void AppendMissing(IEnumerable<AuditEntry> entries) => Append(entries, static (file, line) => Tail(file).IndexOf((ReadOnlySpan<byte>)line) >= 0);

    private void Append(IEnumerable<AuditEntry> entries, Func<FileStream, byte[], bool> isThere)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var file = ExclusiveFile.Open(path, FileShare.Read);
        using var lines = new MemoryStream();
        if (IsTorn(file)) lines.WriteByte((byte)'\n');
        foreach (var entry in entries)
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, AuditJsonContext.Default.AuditEntry), (byte)'\n'];
            if (!isThere(file, line)) lines.Write(line);
        }

        var end = file.Length;
        try
        {
            RandomAccess.Write(file.SafeFileHandle, lines.ToArray(), end);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
        catch (IOException)
        {
            // A full disk, as a rule: what was written of it must not tell of what is not going to be.
            TryCut(file, end);
            throw;
        }
    }

    /// <summary>Makes sure that it can be written, before something is done that must not be done without a trace.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Probe()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        ExclusiveFile.Open(path, FileShare.Read).Dispose();
    }

    private static ReadOnlySpan<byte> Tail(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, TailLength)];
        return tail.AsSpan(0, RandomAccess.Read(file.SafeFileHandle, tail, file.Length - tail.Length));
    }

    private static void TryCut(FileStream file, long end)
    {
        try
        {
            file.SetLength(end);
        }
        catch (IOException)
        {
            // What is torn is ended by the next line.
        }
    }

    /// <summary>Whether the last line was cut off, by a crash or a full disk: it must not swallow the next.</summary>
    private static bool IsTorn(FileStream file)
    {
        if (file.Seek(0, SeekOrigin.End) == 0) return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
