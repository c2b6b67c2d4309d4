using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Staging.Writing;

namespace CloudSage.PluginHost.Staging;

/// <summary>A copy of a candidate that is being made in the store. Deleted when disposed, unless it was taken in.</summary>
internal sealed class IncomingCopy(string folder) : IDisposable
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string Folder => folder;

    public List<StagedFile> Files { get; } = [];

    /// <summary>Copies the files of the candidate, each read once; null when all are there, otherwise why they are not.</summary>
    public async Task<Finding?> FillAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in candidate.Files)
        {
            if (await CopyAsync(Path.GetDirectoryName(candidate.Path)!, file, cancellationToken) is { } failure)
                return failure;
        }

        return null;
    }

    public void Dispose() => StoreFolder.TryDelete(folder);

    private async Task<Finding?> CopyAsync(string pluginDirectory, CandidateFile file, CancellationToken cancellationToken)
    {
        Stream source;
        UnixFileMode mode;
        try
        {
            // Resolved again here, and opened where it really is: a link may have been turned since the scan.
            if (PathBoundary.Resolve(pluginDirectory) is not { } root || PathBoundary.Resolve(file.FullPath) is not { } real)
                return StagingFindings.Changed(file.RelativePath);
            if (!PathBoundary.Contains(root, real))
                return StagingFindings.LinkLeaves(file.RelativePath, real);
            // What has no length is not opened: it may be a pipe or a device, whose opening would wait for ever.
            source = file.Length == 0 ? Stream.Null : new FileStream(
                real, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            mode = source is FileStream opened && !OperatingSystem.IsWindows() ? Read | (File.GetUnixFileMode(opened.SafeFileHandle) & Execute) : Read;
        }
        catch (UnauthorizedAccessException e)
        {
            // The owner can mend it.
            return StagingFindings.Unreadable(file.RelativePath, e);
        }
        catch (IOException)
        {
            // Gone, or held by whoever is writing it.
            return StagingFindings.Changed(file.RelativePath);
        }

        await using (source)
            return await CopyAsync(source, file, mode, cancellationToken);
    }

    private async Task<Finding?> CopyAsync(Stream source, CandidateFile file, UnixFileMode mode, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file.RelativePath.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var target = NewFile.Create(path, mode))
        {
            var writing = false;
            try
            {
                var (length, sha256) = await TreeHash.CopyAsync(source, file.Length, WriteAsync, cancellationToken);
                if (length != file.Length)
                    return StagingFindings.Changed(file.RelativePath);
                Files.Add(new StagedFile(file.RelativePath, length, sha256));
            }
            catch (IOException) when (!writing)
            {
                // Reading failed half-way: cut off, or on a share that went away. Trouble with the store itself is the store's to report.
                return StagingFindings.Changed(file.RelativePath);
            }

            async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
            {
                writing = true;
                await target.WriteAsync(bytes, cancellationToken);
                writing = false;
            }
        }

        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, FileAttributes.ReadOnly);
        return null;
    }
}
