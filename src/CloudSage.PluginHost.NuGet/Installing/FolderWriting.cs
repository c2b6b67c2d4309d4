using System.IO.Compression;
using System.Security.Cryptography;

namespace CloudSage.PluginHost.NuGet.Installing;

/// <summary>Writes what a plan holds. The packages are read again: one that changed since it was planned, hashed and verified is refused.</summary>
internal sealed class FolderWriting(string folder, long mostBytes, IProgress<PackageProgress>? progress = null)
{
    private const int BufferLength = 128 * 1024;

    private long _written;

    /// <summary>Writes everything; null where that is done, otherwise why it is not.</summary>
    public async Task<Finding?> WriteAsync(PlannedContent content, string manifest, CancellationToken cancellationToken)
    {
        foreach (var package in content.Files.GroupBy(static f => (f.Package, f.PackageHash)))
        {
            progress?.Report(new PackageProgress(PackageStep.Write, Path.GetFileNameWithoutExtension(package.Key.Package)));
            if (await ExtractAsync(package.Key.Package, package.Key.PackageHash, [.. package], cancellationToken).ConfigureAwait(false) is { } refused) return refused;
        }

        await WriteAsync(manifest, content.Manifest, cancellationToken).ConfigureAwait(false);
        if (content.DependencyFile is { } dependencies)
            await WriteAsync(Path.ChangeExtension(content.EntryPoint, ".deps.json"), dependencies, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<Finding?> ExtractAsync(string package, string hash, IReadOnlyList<PlannedFile> files, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(package, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength, FileOptions.Asynchronous);
        if (Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken).ConfigureAwait(false)) != hash)
        {
            return Finding.Error(PackageCodes.Changed, $"The package file '{package}' was changed since the plan was made.", "Make the plan again.");
        }

        file.Position = 0;
        await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
        foreach (var planned in files)
        {
            // NuGet escapes names as addresses.
            var entry = archive.GetEntry(planned.Entry) ?? archive.Entries.First(e => Uri.UnescapeDataString(e.FullName) == planned.Entry);
            await using var source = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (!await CopyAsync(source, planned.Target, cancellationToken).ConfigureAwait(false))
                return Finding.Error(PackageCodes.TooLarge, $"The plugin is larger than {mostBytes:N0} bytes.", "Raise the limit if that is right.");
        }

        return null;
    }

    /// <summary>Counts what really comes out, whatever the archive says of its size.</summary>
    private async Task<bool> CopyAsync(Stream source, string target, CancellationToken cancellationToken)
    {
        await using var file = Create(target);
        var buffer = new byte[BufferLength];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if ((_written += read) > mostBytes) return false;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task WriteAsync(string target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var file = Create(target);
        await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private FileStream Create(string target)
    {
        var path = Path.Combine(folder, target.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
    }
}
