using System.IO.Compression;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>One unpacking: the whole directory is judged before the first byte is written, and whatever ends it early takes along what was written.</summary>
internal sealed class ArchiveExtraction(Stream stream, string folder, ArchiveLimits limits)
{
    private const int MostFindings = 20;

    /// <summary>What a directory takes per entry, in bytes, at the very most: a longer one is made to exhaust memory.</summary>
    private const int DirectoryBytesPerEntry = 1024;

    public async Task<IReadOnlyList<Finding>> RunAsync(
        Func<IReadOnlyList<string>, IReadOnlyDictionary<string, string?>> arrange, CancellationToken cancellationToken)
    {
        var whole = false;
        try
        {
            var findings = await UnpackAsync(arrange, cancellationToken).ConfigureAwait(false);
            whole = findings.Count == 0;
            return findings;
        }
        finally
        {
            if (!whole) Remove();
        }
    }

    private async Task<IReadOnlyList<Finding>> UnpackAsync(
        Func<IReadOnlyList<string>, IReadOnlyDictionary<string, string?>> arrange, CancellationToken cancellationToken)
    {
        var (opened, refusal) = await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (opened is null) return [refusal!];
        await using var archive = opened;

        var files = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        List<Finding> findings = [.. Examine(archive, files).Distinct().Take(MostFindings)];
        if (findings.Count > 0) return findings;

        var places = arrange([.. files.Keys]).Where(static place => place.Value is not null).ToList();
        var names = new EntryNames(limits.Entries);
        findings = [.. places.Select(place => names.Add(place.Value!)).OfType<Finding>().Distinct().Take(MostFindings)];
        if (findings.Count > 0) return findings;

        Directory.CreateDirectory(folder);
        var writer = new EntryWriter(limits, stream.Length);
        foreach (var (name, place) in places)
        {
            if (await writer.WriteAsync(files[name], Path.Combine(folder, place!.Replace('/', Path.DirectorySeparatorChar)), cancellationToken).ConfigureAwait(false) is { } finding)
                return [finding];
        }

        return [];
    }

    /// <summary>Opens the archive if its directory is of a size that may be read into memory.</summary>
    private async Task<(ZipArchive? Archive, Finding? Refusal)> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var end = ArchiveEnd.Read(stream);
            if (end.Fault is { } fault) return (null, Unreadable(fault));
            if (end.Entries > limits.Entries) return (null, new EntryNames(limits.Entries).TooMany);
            if (end.DirectoryLength > (end.Entries + 1L) * DirectoryBytesPerEntry) return (null, Unreadable("its directory is longer than its entries need"));

            stream.Position = 0;
            var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
            // Read here, where what is wrong with it is still a finding.
            _ = archive.Entries.Count;
            return (archive, null);
        }
        catch (Exception e) when (ArchiveDamage.Is(e))
        {
            // A stranger's bytes: that they are no archive is expected.
            return (null, Unreadable(e.Message));
        }
    }

    private IEnumerable<Finding> Examine(ZipArchive archive, Dictionary<string, ZipArchiveEntry> files)
    {
        var names = new EntryNames(limits.Entries);
        if (archive.Entries.Count > limits.Entries) yield return names.TooMany;
        foreach (var entry in archive.Entries)
        {
            if (names.Add(entry.FullName) is { } fault) yield return fault;
            else if (EntryNature.Judge(entry) is { } refused) yield return refused;
            else if (!entry.FullName.EndsWith('/')) files.Add(entry.FullName, entry);
        }
    }

    private static Finding Unreadable(string why)
        => Finding.Error(
            ArchiveCodes.Unreadable, $"The archive cannot be read: {ShownText.Escape(why).TrimEnd('.')}.",
            "Copy it again, or pack it again as a plain ZIP.");

    private void Remove()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing had been written.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Held by a virus scanner, say. Why the archive was refused is what the caller must learn; whoever gave the folder clears it.
        }
    }
}
