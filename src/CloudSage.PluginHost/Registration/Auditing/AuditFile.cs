using System.Text.Json;

namespace CloudSage.PluginHost.Registration.Auditing;

/// <summary>
/// The audit log on disk: a JSON object a line, only ever appended to. Opened for each batch, so that several processes may write to it and that it may be
/// rotated at any time. JSON escapes whatever names and messages hold, so no plugin can forge a line.
/// </summary>
internal sealed class AuditFile(string path)
{
    public string Path => path;

    /// <summary>Appends entries, on disk when it returns.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(IEnumerable<AuditEntry> entries)
    {
        using var lines = new MemoryStream();
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(lines, entry, AuditJsonContext.Default.AuditEntry);
            lines.WriteByte((byte)'\n');
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var file = ExclusiveFile.Open(path, FileShare.Read);
        if (IsTorn(file)) file.WriteByte((byte)'\n');
        lines.Position = 0;
        lines.CopyTo(file);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Makes sure that it can be written, before something is done that must not be done without a trace.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Probe()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        ExclusiveFile.Open(path, FileShare.Read).Dispose();
    }

    /// <summary>Whether the last line was cut off, by a crash or a full disk: it must not swallow the next.</summary>
    private static bool IsTorn(FileStream file)
    {
        if (file.Seek(0, SeekOrigin.End) == 0) return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
