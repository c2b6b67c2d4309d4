namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>Keeps the open database, or why there is none, until it is exchanged: opening one reads all of it.</summary>
internal sealed class DatabaseCache(Func<string, CancellationToken, AdvisoryDatabase> read)
{
    private readonly Lock _gate = new();
    private OpenDatabase? _open;
    private string? _answer;

    public DatabaseCache() : this(AdvisoryDatabase.Open)
    {
    }

    /// <summary>Grows whenever another database, or another trouble with it, is met than before: while it stays, so does what is known.</summary>
    public int Generation { get; private set; }

    /// <summary>The database at a path; null, with the reason among what is unresolved, where there is none that can be used.</summary>
    public AdvisoryDatabase? Open(string? path, List<string> unresolved, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            unresolved.Add("No database of advisories is configured.");
            return null;
        }

        lock (_gate)
        {
            var (database, trouble) = Current(path, cancellationToken);
            var said = trouble is null ? [.. database!.Damage] : new[] { $"The database of advisories '{path}' cannot be used; it must be a folder or a .zip archive of OSV records: {trouble}" };
            Answered($"{database?.Hash} {database?.Date.Index:O} {string.Join(' ', said)}");
            unresolved.AddRange(said);
            return database;
        }
    }

    /// <summary>
    /// Forgets what is damaged or cannot be used, where any of its files is another than when it was read: who copies a database may be in the middle of it, and not touch
    /// again what tells of a change. What could not be read at all may be readable now, without a sign of it.
    /// </summary>
    public void ForgetDamaged()
    {
        lock (_gate)
        {
            if (_open is { IsSound: false } open && (open.Files is null || FilesOf(open.Path) != open.Files)) _open = null;
        }
    }

    private (AdvisoryDatabase? Database, string? Trouble) Current(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stamp = DatabaseStamp.Of(path);
            if (_open is not { } open || open.Path != path || open.Stamp != stamp) _open = open = Read(path, stamp, cancellationToken);
            return (open.Database, open.Trouble);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not even looked at: nothing can be said then.
            _open = null;
            return (null, e.Message);
        }
    }

    private OpenDatabase Read(string path, DatabaseStamp stamp, CancellationToken cancellationToken)
    {
        // Taken before: what changes while it is read is a change.
        var files = FilesOf(path);
        try
        {
            return new OpenDatabase(path, stamp, files, read(path, cancellationToken), null);
        }
        catch (InvalidDataException e)
        {
            // What is in it keeps it from being used, and does so until it is another.
            return new OpenDatabase(path, stamp, files, null, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is around it does. That may end without a trace.
            return new OpenDatabase(path, stamp, null, null, e.Message);
        }
    }

    private static DatabaseStamp? FilesOf(string path)
    {
        try
        {
            return DatabaseStamp.OfAll(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not known, so it is read again.
            return null;
        }
    }

    private void Answered(string answer)
    {
        if (answer == _answer) return;
        _answer = answer;
        Generation++;
    }

    /// <summary>What came of reading a database.</summary>
    /// <param name="Path">Where it is.</param>
    /// <param name="Stamp">By what its exchange is noticed.</param>
    /// <param name="Files">By what a change of any of its files is noticed; null where that is not known, or would say nothing.</param>
    /// <param name="Database">The database; null where it cannot be used.</param>
    /// <param name="Trouble">Why it cannot.</param>
    private sealed record OpenDatabase(string Path, DatabaseStamp Stamp, DatabaseStamp? Files, AdvisoryDatabase? Database, string? Trouble)
    {
        public bool IsSound => Database is { Damage.Count: 0 };
    }
}
