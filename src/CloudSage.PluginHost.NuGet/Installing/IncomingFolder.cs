namespace CloudSage.PluginHost.NuGet.Installing;

/// <summary>
/// A hidden folder in which something is made ready, held by an open file beside it: what nobody holds any more is left of a process that was killed, and
/// the next one removes it.
/// </summary>
internal sealed class IncomingFolder : IDisposable
{
    private const string Prefix = ".incoming-";
    private const string LockSuffix = ".lock";

    private readonly FileStream _held;

    private IncomingFolder(string path, FileStream held) => (Path, _held) = (path, held);

    public string Path { get; }

    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IncomingFolder Create(string parent, string name)
    {
        Directory.CreateDirectory(parent);
        RemoveLeftovers(parent);
        var path = System.IO.Path.Combine(parent, $"{Prefix}{name}-{System.IO.Path.GetRandomFileName()}");
        var held = new FileStream(path + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Directory.CreateDirectory(path);
        return new IncomingFolder(path, held);
    }

    /// <summary>Removes what killed processes left in a folder of plugins.</summary>
    public static void RemoveLeftovers(string parent)
    {
        foreach (var file in Directory.EnumerateFiles(parent, $"{Prefix}*{LockSuffix}"))
        {
            try
            {
                using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    DeleteFolder(file[..^LockSuffix.Length]);
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Someone holds it: it is being made. Or it cannot be deleted yet, and the next one tries again.
            }
        }
    }

    public void Dispose()
    {
        try
        {
            DeleteFolder(Path);
            _held.Dispose();
            File.Delete(_held.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Disk space, until the next preparation in this folder.
            _held.Dispose();
        }
    }

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }
}
