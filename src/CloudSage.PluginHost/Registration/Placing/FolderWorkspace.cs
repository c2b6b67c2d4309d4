using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>
/// The hidden folder in a plugin folder where changes to it are prepared: on the same file system, so that a finished folder is put in place by renaming it.
/// A host does not look into it.
/// </summary>
internal sealed class FolderWorkspace(string pluginDirectory)
{
    private const string Name = ".cloudsage";

    /// <summary>The hidden folder.</summary>
    public string Root { get; } = Path.Combine(Path.GetFullPath(pluginDirectory), Name);

    public string PluginDirectory { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(pluginDirectory));

    /// <summary>The intent of a change that has begun; there only while it is under way or was cut off.</summary>
    public string TransactionPath => Path.Combine(Root, "transaction.json");

    /// <summary>Whether a change was begun here at any time.</summary>
    public bool Exists => Directory.Exists(Root);

    private string Incoming => Path.Combine(Root, "incoming");

    private string Kept => Path.Combine(Root, "kept");

    private string Left => Path.Combine(Root, "leaving");

    /// <summary>The path of an entry of the plugin folder.</summary>
    public string EntryOf(string name) => Path.Combine(PluginDirectory, name);

    /// <summary>Takes the right to change the plugin folder.</summary>
    /// <param name="waits">Whether to wait, for two seconds at most, for another process that has it.</param>
    /// <returns>What gives it back; null where another process has it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public FileStream? TryTake(bool waits)
    {
        Directory.CreateDirectory(Root);
        var path = Path.Combine(Root, "lock");
        try
        {
            return waits ? ExclusiveFile.Open(path, FileShare.None) : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Held by another process.
            return null;
        }
    }

    /// <summary>A new empty folder to make a plugin ready in. What killed processes left is removed first.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public IncomingFolder Open()
    {
        RemoveLeft();
        return IncomingFolder.Create(Incoming, IsPending);
    }

    /// <summary>Whether a plugin was made ready here by a process that lives: it need not be copied to be put in place.</summary>
    public bool Holds(string folder)
        => string.Equals(Path.GetDirectoryName(folder), Incoming, PathBoundary.Comparison) && Directory.Exists(folder) && IncomingFolder.IsHeld(folder);

    /// <summary>A path that does not exist, for what is taken away.</summary>
    public string Leaving()
    {
        Directory.CreateDirectory(Left);
        return Path.Combine(Left, Path.GetRandomFileName());
    }

    /// <summary>A path that does not exist, for what is taken away and may be put back. Whoever keeps it deletes it.</summary>
    public string Keeping() => Path.Combine(Kept, Path.GetRandomFileName());

    /// <summary>Deletes what was kept to be put back and nobody needs any more, unless another process is at work in the folder, or a change was cut off.</summary>
    /// <param name="isNeeded">Whether somebody needs what lies at a path of <see cref="Keeping"/>. Asked while nobody else may change the folder.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void CleanKept(Func<string, bool> isNeeded)
    {
        if (!Directory.Exists(Kept) || !Directory.EnumerateFileSystemEntries(Kept).Any()) return;
        using var taken = TryTake(waits: false);
        if (taken is null || IsPending()) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(Kept).Where(path => !isNeeded(path))) Delete(path);
    }

    /// <summary>Deletes what processes that died have left, save for what a change needs that was cut off. Hold the workspace's lock.</summary>
    public void Clean()
    {
        RemoveLeft();
        if (IsPending() || !Directory.Exists(Left)) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(Left)) Delete(path);
    }

    /// <summary>Deletes a folder or file of the workspace; what cannot be deleted now is left for the next time.</summary>
    public static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else if (File.Exists(path)) File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps files that are in use. Nobody looks at it here.
        }
    }

    /// <summary>What belongs to a change that was cut off stays until that is completed.</summary>
    private void RemoveLeft() => IncomingFolder.RemoveLeft(Incoming, IsPending);

    private bool IsPending() => Path.Exists(TransactionPath);
}
