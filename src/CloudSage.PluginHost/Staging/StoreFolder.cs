namespace CloudSage.PluginHost.Staging;

/// <summary>Folders of staged files on disk: whether one still holds what was staged, and how to be rid of one.</summary>
internal static class StoreFolder
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = true };

    /// <summary>Whether the folder holds exactly these files with exactly these contents. Reads all of them.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<bool> HoldsAsync(string folder, IReadOnlyList<StagedFile> files, CancellationToken cancellationToken)
    {
        var entries = new DirectoryInfo(folder).GetFileSystemInfos("*", Everything);
        if (entries.Any(static e => e.LinkTarget is not null))
            return false;

        var present = entries.OfType<FileInfo>().ToDictionary(
            f => Path.GetRelativePath(folder, f.FullName).Replace(Path.DirectorySeparatorChar, '/'), StringComparer.Ordinal);
        if (present.Count != files.Count)
            return false;

        foreach (var file in files)
        {
            if (!present.TryGetValue(file.RelativePath, out var found) || found.Length != file.Length)
                return false;
            await using var stream = new FileStream(
                found.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
            var (_, sha256) = await TreeHash.CopyAsync(stream, file.Length, static _ => ValueTask.CompletedTask, cancellationToken);
            if (sha256 != file.Sha256)
                return false;
        }

        return true;
    }

    /// <summary>Deletes a folder; where a file in it is in use (Windows does not delete loaded libraries) what is left stays for the next time.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool TryDelete(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
                return true;
            if (OperatingSystem.IsWindows())
            {
                foreach (var file in Directory.EnumerateFiles(folder, "*", Everything))
                    File.SetAttributes(file, FileAttributes.Normal);
            }

            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else was faster.
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use, or out of reach: the caller says what that means.
            return false;
        }
    }
}
