using System.Text.Json;
using CloudSage.PluginHost.Advisories.Records;

namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>
/// A database of OSV records: which of them name a package. The records themselves are read when they are asked for, so that a database of hundreds of
/// thousands costs little memory.
/// </summary>
internal sealed class AdvisoryDatabase
{
    private readonly IRecordStore _records;
    private readonly Dictionary<PackageKey, List<string>> _byPackage = [];
    private readonly UnresolvedSentences _damage = [];

    private AdvisoryDatabase(IRecordStore records) => _records = records;

    /// <summary>Of which day it is.</summary>
    public DatabaseDate Date { get; } = new();

    /// <summary>How many records it has.</summary>
    public int Count { get; private set; }

    /// <summary>The hash over all records, see <see cref="SnapshotIndex"/>.</summary>
    public string Hash { get; private set; } = string.Empty;

    /// <summary>Why it is not to be trusted: each a sentence. A database that has any calls nothing clean.</summary>
    public IReadOnlyCollection<string> Damage => _damage;

    /// <summary>Opens a folder or a zip archive.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is a damaged archive.</exception>
    public static AdvisoryDatabase Open(string path, CancellationToken cancellationToken)
    {
        if (!Path.Exists(path)) throw new FileNotFoundException($"There is neither a folder nor an archive '{path}'.", path);
        // A pipe or device would be waited for, for ever.
        if (!Directory.Exists(path) && new FileInfo(path).Length == 0) throw new InvalidDataException("It is empty, or no regular file.");
        var database = new AdvisoryDatabase(Directory.Exists(path) ? new FolderRecords(path) : new ArchiveRecords(path));
        database.Load(cancellationToken);
        return database;
    }

    /// <summary>The advisories that name a package.</summary>
    /// <exception cref="IOException">A record cannot be read any more.</exception>
    /// <exception cref="InvalidDataException">A record changed since the database was opened.</exception>
    public IReadOnlyList<Advisory> About(PackageKey package)
        => _byPackage.TryGetValue(package, out var paths)
            ? [.. _records.Read(paths).Select(static record => Parse(record.Path, record.Content).Advisory).OfType<Advisory>()]
            : [];

    private void Load(CancellationToken cancellationToken)
    {
        var paths = _records.List();
        if (paths.Count > RecordLimits.Count) throw new InvalidDataException($"It has more than {RecordLimits.Count:N0} records.");
        SnapshotIndex? index = null;
        using var hash = new SnapshotHash();
        foreach (var (path, content) in _records.Read(paths))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (path == SnapshotIndex.FileName)
            {
                index = ReadIndex(content);
                continue;
            }

            hash.Add(path, content);
            Count++;
            Enter(path, content);
        }

        Hash = hash.Finish();
        if (Count == 0) _damage.Add("The database has no records.");
        if (index is not null) Compare(index);
    }

    private void Enter(string path, byte[] content)
    {
        try
        {
            var (advisory, modified) = Parse(path, content);
            Date.Add(modified);
            foreach (var package in (advisory?.Affected ?? []).Select(static a => a.Package).Distinct())
            {
                if (!_byPackage.TryGetValue(package, out var about)) _byPackage[package] = about = [];
                about.Add(path);
            }
        }
        catch (InvalidDataException e)
        {
            // Kept out, and said: what it would have told is not known.
            _damage.Add(e.Message);
        }
    }

    private SnapshotIndex? ReadIndex(byte[] content)
    {
        try
        {
            return SnapshotIndex.Read(content);
        }
        catch (JsonException e)
        {
            // An index that cannot be read cannot vouch for anything.
            _damage.Add($"'{SnapshotIndex.FileName}' is damaged: {e.Message}.");
            return null;
        }
    }

    private void Compare(SnapshotIndex index)
    {
        Date.Index = index.Date;
        if (index.Count != Count) _damage.Add($"The index counts {index.Count} records, {Count} are there.");
        else if (!index.Sha256.Equals(Hash, StringComparison.OrdinalIgnoreCase)) _damage.Add("The records are not those that the index was made of: their hash is another.");
    }

    private static (Advisory? Advisory, DateTimeOffset? Modified) Parse(string path, byte[] content)
    {
        try
        {
            return AdvisoryReader.Read(content);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, of another shape, or with text that is none.
            throw new InvalidDataException($"'{path}' is no OSV record: {e.Message}", e);
        }
    }
}
