namespace CloudSage.PluginHost.Loading;

/// <summary>
/// The native libraries that one version of a plugin uses, and after it is gone another: a folder in the store with a second name for each of
/// their files. Taken and given back as a whole, for libraries refer to each other.
/// </summary>
/// <param name="folder">The folder; made when the first file comes.</param>
internal sealed class NativeSet(string folder)
{
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>Whether a library of it was ever mapped.</summary>
    public bool IsEmpty => _files.Count == 0;

    /// <summary>Whether a version brings all of these files, with the same content.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public bool Fits(string directory) => _files.All(f => SameContent(Path.Combine(folder, f), Path.Combine(directory, f)));

    /// <summary>Puts these files in the place of a version's own.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public void PutInto(string directory)
    {
        foreach (var file in _files) HardLink.Replace(Path.Combine(folder, file), Path.Combine(directory, file));
    }

    /// <summary>Keeps the files of a version that were mapped: what is in the set already is that file.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public void Keep(string directory, IEnumerable<string> files)
    {
        foreach (var file in files.Where(f => !_files.Contains(f)))
        {
            var kept = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            HardLink.Create(Path.Combine(directory, file), kept);
            _files.Add(file);
        }
    }

    /// <summary>Gives up the names. What is mapped stays mapped.</summary>
    public void Delete()
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Disk space, until the store is opened the next time.
        }
    }

    private static bool SameContent(string one, string other)
    {
        if (!File.Exists(one) || !File.Exists(other)) return false;
        using var first = File.OpenRead(one);
        using var second = File.OpenRead(other);
        if (first.Length != second.Length) return false;
        var (a, b) = (new byte[128 * 1024], new byte[128 * 1024]);
        int read;
        while ((read = first.ReadAtLeast(a, a.Length, throwOnEndOfStream: false)) > 0)
        {
            if (second.ReadAtLeast(b.AsSpan(0, read), read, throwOnEndOfStream: false) != read || !a.AsSpan(0, read).SequenceEqual(b.AsSpan(0, read))) return false;
        }

        return true;
    }
}
