namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>Records as files in a folder and the folders in it.</summary>
internal sealed class FolderRecords(string folder) : IRecordStore
{
    private static readonly EnumerationOptions WithoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    public IReadOnlyList<string> List()
        => [.. Directory.EnumerateFiles(folder, "*.json", WithoutLinks)
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal)];

    public IEnumerable<(string Path, byte[] Content)> Read(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            using var stream = File.OpenRead(Path.Combine(folder, path));
            yield return (path, RecordLimits.ReadAll(stream, path));
        }
    }
}
