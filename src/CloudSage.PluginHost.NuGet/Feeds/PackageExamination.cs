using System.IO.Compression;
using CloudSage.PluginHost.Staging.Archives;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>
/// Looks a package of strangers through before anything unpacks it: names that lead elsewhere or collide, links, encryption, and more than the limits allow,
/// by what really comes out and not by what the archive says of itself. The rules are the engine's for archives.
/// </summary>
internal static class PackageExamination
{
    private const int BufferLength = 128 * 1024;

    /// <exception cref="FindingException">The package must not be used.</exception>
    public static async Task CheckAsync(Stream package, string name, long mostBytes, CancellationToken cancellationToken)
    {
        var limits = ArchiveLimits.Default with { Bytes = mostBytes };
        try
        {
            await using var archive = await ZipArchive.CreateAsync(package, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
            if (archive.Entries.Count > limits.Entries) throw Damaged(name, $"it has more than {limits.Entries:N0} entries");
            var names = new EntryNames(limits.Entries);
            var written = 0L;
            foreach (var entry in archive.Entries)
            {
                // NuGet writes names as addresses, so what is judged is what they mean.
                if ((names.Add(Uri.UnescapeDataString(entry.FullName)) ?? EntryNature.Judge(entry)) is { } fault) throw new FindingException(fault);
                written = await MeasureAsync(entry, written, name, package.Length, limits, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (ArchiveDamage.Is(e))
        {
            // A stranger's bytes: that they are no archive is expected.
            throw Damaged(name, e.Message);
        }
    }

    private static async Task<long> MeasureAsync(ZipArchiveEntry entry, long written, string name, long packed, ArchiveLimits limits, CancellationToken cancellationToken)
    {
        await using var content = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[BufferLength];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            written += read;
            if (written > limits.Bytes || (written > limits.RatioCountsFrom && written > packed * limits.Ratio))
            {
                throw new FindingException(Finding.Error(PackageCodes.TooLarge, $"{name} unpacks to more than {Math.Min(limits.Bytes, Math.Max(limits.RatioCountsFrom, packed * limits.Ratio)):N0} bytes.",
                    "Do not use it; raise the limit if that is right."));
            }
        }

        return written;
    }

    private static FindingException Damaged(string name, string why)
        => new(Finding.Error(PackageCodes.Damaged, $"{name} is not a whole NuGet package: {why.TrimEnd('.')}.", "Fetch or build it again."));
}
