namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>Keeps the open database until it is exchanged: opening one reads all of it.</summary>
internal sealed class DatabaseCache
{
    private readonly Lock _gate = new();
    private (string Path, DatabaseStamp Stamp, AdvisoryDatabase Database)? _open;
    private string? _answer;

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
            try
            {
                var stamp = DatabaseStamp.Of(path);
                if (_open is not { } open || open.Path != path || open.Stamp != stamp)
                    _open = open = (path, stamp, AdvisoryDatabase.Open(path, cancellationToken));
                Answered($"{open.Database.Hash} {open.Database.Date.Index:O} {string.Join(' ', open.Database.Damage)}");
                unresolved.AddRange(open.Database.Damage);
                return open.Database;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // Whatever keeps it from being read, nothing can be said then.
                unresolved.Add($"The database of advisories '{path}' cannot be used; it must be a folder or a .zip archive of OSV records: {e.Message}");
                Answered(unresolved[^1]);
                return null;
            }
        }
    }

    /// <summary>Forgets a database that is damaged, so that it is read again: who copies one may be in the middle of it, and not touch again what tells of a change.</summary>
    public void ForgetDamaged()
    {
        lock (_gate)
        {
            if (_open is { Database.Damage.Count: > 0 }) _open = null;
        }
    }

    private void Answered(string answer)
    {
        if (answer == _answer) return;
        _answer = answer;
        Generation++;
    }
}
