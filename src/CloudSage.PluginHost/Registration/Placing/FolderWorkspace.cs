using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>
/// The hidden folder in a plugin folder where changes to it are prepared: on the same file system, so that a finished folder is put in place by renaming it.
/// A host does not look into it.
/// </summary>
internal sealed class FolderWorkspace(string pluginDirectory)
{
    private const string Name = ".cloudsage";
    private const string Live = ".live";

    private readonly string _root = Path.Combine(Path.GetFullPath(pluginDirectory), Name);

    public string PluginDirectory { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(pluginDirectory));

    /// <summary>The intent of a change that has begun; there only while it is under way or was cut off.</summary>
    public string TransactionPath => Path.Combine(_root, "transaction.json");

    /// <summary>Whether a change was begun here at any time.</summary>
    public bool Exists => Directory.Exists(_root);

    /// <summary>Takes the right to change the plugin folder.</summary>
    /// <returns>What gives it back; null where another process has it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public FileStream? TryTake()
    {
        Directory.CreateDirectory(_root);
        var path = Path.Combine(_root, "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Held by another process.
            return null;
        }
    }

    /// <summary>A new empty folder to prepare something in. It is this process' until the returned stream is closed.</summary>
    public (string Folder, FileStream Owner) Open()
    {
        var folder = Path.Combine(_root, "incoming", Path.GetRandomFileName());
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        // The mark first: a folder without one is nobody's.
        var owner = new FileStream(folder + Live, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Directory.CreateDirectory(folder);
        return (folder, owner);
    }

    /// <summary>A path that does not exist, for what is taken away.</summary>
    public string Leaving()
    {
        var folder = Path.Combine(_root, "leaving");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Path.GetRandomFileName());
    }

    /// <summary>A path that does not exist, for what is taken away and may be put back. Only whoever keeps it deletes it.</summary>
    public string Keeping() => Path.Combine(_root, "kept", Path.GetRandomFileName());

    /// <summary>Deletes what processes that died have left.</summary>
    public void Clean()
    {
        foreach (var folder in Folders("incoming"))
        {
            if (!IsOwned(folder)) Delete(folder);
        }

        foreach (var folder in Folders("leaving")) Delete(folder);
        foreach (var mark in Marks().Where(static m => !Path.Exists(m[..^Live.Length]) && !IsOwned(m[..^Live.Length]))) Delete(mark);
    }

    /// <summary>Deletes a folder or file of the workspace, with the mark of its owner; what cannot be deleted now is left for the next time.</summary>
    public static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
            File.Delete(path + Live);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps files that are in use. Nobody looks at it here.
        }
    }

    private IEnumerable<string> Marks()
    {
        var folder = Path.Combine(_root, "incoming");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Live) : [];
    }

    private IEnumerable<string> Folders(string name)
    {
        var folder = Path.Combine(_root, name);
        return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Where(static p => !p.EndsWith(Live, PathBoundary.Comparison)) : [];
    }

    private static bool IsOwned(string folder)
    {
        try
        {
            using var probe = new FileStream(folder + Live, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            // It was being deleted when its owner died.
            return false;
        }
        catch (IOException)
        {
            // Its owner lives.
            return true;
        }
    }
}
