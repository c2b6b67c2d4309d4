using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>
/// A folder in which a plugin is made ready, hidden beside its place. It is held by an open file beside it, its mark: what nobody holds any more is left of a
/// process that was killed, and whoever comes next removes it.
/// </summary>
internal sealed class IncomingFolder : IDisposable
{
    private const string Mark = ".live";
    private const int Attempts = 5;

    private readonly FileStream _mark;

    private readonly Func<bool> _isNeeded;

    private IncomingFolder(string path, FileStream mark, Func<bool> isNeeded) => (Path, _mark, _isNeeded) = (path, mark, isNeeded);

    public string Path { get; }

    /// <summary>Makes an empty folder that is this process' until it is disposed.</summary>
    /// <param name="parent">The folder of such folders.</param>
    /// <param name="isNeeded">Whether somebody is still to complete what was begun, and needs what was made ready.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IncomingFolder Create(string parent, Func<bool> isNeeded)
    {
        Directory.CreateDirectory(parent);
        for (var attempt = 1; ; attempt++)
        {
            var path = System.IO.Path.Combine(parent, System.IO.Path.GetRandomFileName());
            try
            {
                var mark = OpenMark(path, FileMode.CreateNew);
                // Whoever removes what is left may have come between its making and its locking. Once locked it stays.
                if (File.Exists(path + Mark)) return new IncomingFolder(Directory.CreateDirectory(path).FullName, mark, isNeeded);
                mark.Dispose();
            }
            catch (IOException) when (attempt < Attempts)
            {
                // The same, a moment earlier: another name.
            }
        }
    }

    /// <summary>Whether a living process holds the folder.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(path + Mark, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException e)
        {
            return e is not (FileNotFoundException or DirectoryNotFoundException);
        }
    }

    /// <summary>Removes what killed processes left.</summary>
    /// <param name="parent">The folder of such folders; it need not be there.</param>
    /// <param name="isNeeded">Whether somebody is still to complete what they began, and needs what they left.</param>
    public static void RemoveLeft(string parent, Func<bool> isNeeded)
    {
        if (!Directory.Exists(parent)) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(parent).Select(WithoutMark).ToHashSet(PathBoundary.Comparer))
        {
            try
            {
                // Asked once it is held: what its owner intended is written down by then, for the owner is dead.
                using var mark = OpenMark(path, FileMode.OpenOrCreate);
                if (!isNeeded()) FolderWorkspace.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its owner lives, or it is another user's.
            }
        }
    }

    /// <summary>Everything that was written is on the disk when this returns, so that what is renamed into place is whole whatever happens then.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush()
    {
        // Windows flushes only for those who may write.
        var access = OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, access);
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>Deletes the folder, unless it was moved to its place or a change that failed half-way still needs it.</summary>
    public void Dispose()
    {
        if (!_isNeeded()) FolderWorkspace.Delete(Path);
        _mark.Dispose();
    }

    /// <summary>Deleted while it is locked, so that nobody takes a mark that is about to go.</summary>
    private static FileStream OpenMark(string path, FileMode mode) => new(path + Mark, mode, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);

    private static string WithoutMark(string path) => path.EndsWith(Mark, StringComparison.Ordinal) ? path[..^Mark.Length] : path;
}
