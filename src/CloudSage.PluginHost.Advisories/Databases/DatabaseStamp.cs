namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>
/// By what an exchange of a database is noticed without reading it. An archive is replaced as a whole; of a folder the index is what is written last, and without an
/// index the folders tell what comes and goes in them.
/// </summary>
/// <param name="Changed">When it changed last.</param>
/// <param name="Length">The length of the file or files that tell; the number of folders where there is none.</param>
internal readonly record struct DatabaseStamp(DateTime Changed, long Length)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
    private static readonly EnumerationOptions WithoutLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static DatabaseStamp Of(string path)
    {
        var file = new FileInfo(Path.Combine(path, SnapshotIndex.FileName));
        if (!file.Exists) file = new FileInfo(path);
        if (file.Exists) return new DatabaseStamp(file.LastWriteTimeUtc, file.Length);
        DirectoryInfo folder = new(path);
        if (!folder.Exists) return default;
        DateTime[] changed = [folder.LastWriteTimeUtc, .. folder.EnumerateDirectories("*", WithoutLinks).Select(static d => d.LastWriteTimeUtc)];
        return new DatabaseStamp(changed.Max(), changed.Length);
    }

    /// <summary>By what a change of any of its files is noticed, still without reading them: the newest time, and how long they all are.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static DatabaseStamp OfAll(string path)
    {
        if (!Directory.Exists(path)) return Of(path);
        var (newest, length) = (DateTime.MinValue, 0L);
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything))
        {
            if (entry.LastWriteTimeUtc > newest) newest = entry.LastWriteTimeUtc;
            // Another file counts, be it empty.
            length += 1 + ((entry as FileInfo)?.Length ?? 0);
        }

        return new DatabaseStamp(newest, length);
    }
}
