using System.IO.Compression;

namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>Records in a zip archive, as the public databases are handed out. Nothing is extracted.</summary>
internal sealed class ArchiveRecords(string archive) : IRecordStore
{
    public IReadOnlyList<string> List()
    {
        using var zip = ZipFile.OpenRead(archive);
        return [.. zip.Entries.Select(static e => e.FullName).Where(static name => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }

    public IEnumerable<(string Path, byte[] Content)> Read(IEnumerable<string> paths)
    {
        using var zip = ZipFile.OpenRead(archive);
        foreach (var path in paths)
        {
            var entry = zip.GetEntry(path) ?? throw new InvalidDataException($"'{path}' is no longer in the archive.");
            using var stream = entry.Open();
            yield return (path, RecordLimits.ReadAll(stream, path));
        }
    }
}
