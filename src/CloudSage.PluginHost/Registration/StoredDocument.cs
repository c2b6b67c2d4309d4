using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CloudSage.PluginHost.Registration;

/// <summary>
/// A small JSON document that several processes read and change. Written whole to a file beside it, flushed, then renamed over it: a crash leaves the old or
/// the new document, never a part. Every change is made under a lock, to what is there.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="type">How it is written.</param>
/// <param name="isWhole">Whether what was read holds all that it must.</param>
/// <param name="damaged">The code and what to do where the file is there but is no such document.</param>
/// <param name="format">Which version of the format is written, and how a newer one is told.</param>
internal sealed class StoredDocument<T>(string path, JsonTypeInfo<T> type, Func<T, bool> isWhole, (string Code, string Remedy) damaged, DocumentFormat format) where T : class, new()
{
    private (DateTime Written, long Length)? _read;
    private bool _isUnread;

    public string Path => path;

    /// <summary>Whether there is a document at all.</summary>
    public bool Exists => System.IO.Path.Exists(path);

    /// <summary>Whether somebody else wrote the file since it was last read or written here. What could not be read counts as changed until it is.</summary>
    public bool HasChanged => _isUnread || Stamp() != _read;

    /// <summary>Reads the document; one that was never written is empty.</summary>
    /// <exception cref="InvalidDataException">The file is there but is no such document, or a newer program wrote it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public T Read()
    {
        (_read, _isUnread) = (Stamp(), false);
        if (_read is null) return new T();
        try
        {
            // What has no length is not opened: it may be a pipe or a device, whose opening would wait for ever; or a folder in the file's place.
            var content = _read.Value.Length > 0 ? File.ReadAllBytes(path) : throw new JsonException("It is empty, or no file.");
            // Before anything is said of what is in it: what this program does not know is no damage there.
            if (format.FindNewer(WithoutMark(content)) is { } newer) throw DamagedFile.Exception(format.WrittenByNewer(path, newer), null);
            var document = JsonSerializer.Deserialize(WithoutMark(content), type);
            return document is not null && isWhole(document) ? document : throw new JsonException("It lacks what must be in it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing of it is known, and what lets it be read may change neither its time nor its length.
            _isUnread = true;
            throw;
        }
        catch (JsonException e)
        {
            throw DamagedFile.Exception(Finding.Error(damaged.Code, $"The file '{path}' is damaged: {e.Message}", damaged.Remedy, new FindingLocation(path)), e);
        }
    }

    /// <summary>Changes the document as it is on disk now, and returns what it has become.</summary>
    /// <exception cref="InvalidDataException">The file is there but is no such document, or a newer program wrote it: it stays as it is.</exception>
    /// <exception cref="IOException">The file cannot be written, or somebody holds its lock for longer than two seconds.</exception>
    public T Change(Func<T, T> change)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var taken = ExclusiveFile.Open(Beside(".lock"), FileShare.None);
        var document = change(Read());
        var temporary = Beside(".new");
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, document, type);
            stream.WriteByte((byte)'\n');
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        _read = Stamp();
        return document;
    }

    /// <summary>A hidden file in the same folder, for nobody but this class.</summary>
    private string Beside(string ending) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, $".{System.IO.Path.GetFileName(path)}{ending}");

    private (DateTime Written, long Length)? Stamp()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : Directory.Exists(path) ? (Directory.GetLastWriteTimeUtc(path), 0) : null;
    }

    /// <summary>Editors of some systems put the mark of UTF-8 before everything.</summary>
    private static ReadOnlySpan<byte> WithoutMark(byte[] content) => content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content;
}
