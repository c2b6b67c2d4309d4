namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>Keeps the open database until it is exchanged: opening one reads all of it.</summary>
internal sealed class DatabaseCache
{
    private readonly Lock _gate = new();
    private (string Path, DateTime Changed, AdvisoryDatabase Database)? _open;

    /// <summary>The database at a path; null, with the reason among what is unresolved, where there is none that can be used.</summary>
    public AdvisoryDatabase? Open(string? path, List<string> unresolved, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            unresolved.Add("No database of advisories is configured.");
            return null;
        }

        try
        {
            lock (_gate)
            {
                var changed = Changed(path);
                if (_open is not { } open || open.Path != path || open.Changed != changed)
                    _open = open = (path, changed, AdvisoryDatabase.Open(path, cancellationToken));
                unresolved.AddRange(open.Database.Damage);
                return open.Database;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Whatever keeps it from being read, nothing can be said then.
            unresolved.Add($"The database of advisories '{path}' cannot be used; it must be a folder or a .zip archive of OSV records: {e.Message}");
            return null;
        }
    }

    /// <summary>An archive is replaced as a whole; of a folder the index is what is written last.</summary>
    private static DateTime Changed(string path)
    {
        var index = Path.Combine(path, SnapshotIndex.FileName);
        return File.Exists(index) ? File.GetLastWriteTimeUtc(index) : File.GetLastWriteTimeUtc(path);
    }
}
