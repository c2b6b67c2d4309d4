using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>
/// Unpacks ZIP archives of strangers (<c>.zip</c>, <c>.nupkg</c>): what an archive holds is written below one folder or not at all. Refused are names that lead
/// out of the folder or are not the same file on every system, links and devices, encrypted entries, names that are there twice or differ in case only, damaged
/// content, and more than the limits allow.
/// </summary>
public static class PluginArchive
{
    /// <summary>Whether a file is an archive by its name: <c>.zip</c> or <c>.nupkg</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsArchive(string path) => ArchiveName.IsArchive(path);

    /// <summary>Unpacks an archive whole, each file where the archive has it.</summary>
    /// <param name="archive">The archive. It must be able to seek, is read from its start, and is left open.</param>
    /// <param name="folder">Where to. It must not be there, or be empty; after a refusal, an exception or a cancellation it is gone.</param>
    /// <param name="limits">How much to unpack at most; null for <see cref="ArchiveLimits.Default"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why the archive was refused; empty where all of it was unpacked.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek, or the folder holds something.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static Task<IReadOnlyList<Finding>> ExtractAsync(Stream archive, string folder, ArchiveLimits? limits, CancellationToken cancellationToken)
        => ExtractAsync(archive, folder, limits, static names => names.ToDictionary(static name => name, static string? (name) => name), cancellationToken);

    /// <summary>Unpacks of an archive what is asked for, to where it is asked for.</summary>
    /// <param name="archive">The archive. It must be able to seek, is read from its start, and is left open.</param>
    /// <param name="folder">Where to. It must not be there, or be empty; after a refusal, an exception or a cancellation it is gone.</param>
    /// <param name="limits">How much to unpack at most; null for <see cref="ArchiveLimits.Default"/>.</param>
    /// <param name="arrange">
    /// Asked once, with the names of all files (with forward slashes, found safe): for each that is to be unpacked its path below the folder. The paths are held to
    /// the same rules as names are. What it leaves out, or gives null, is not unpacked, though a refusal for it refuses the archive.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why the archive was refused; empty where all that was asked for was unpacked.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek, or the folder holds something.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static async Task<IReadOnlyList<Finding>> ExtractAsync(
        Stream archive, string folder, ArchiveLimits? limits, Func<IReadOnlyList<string>, IReadOnlyDictionary<string, string?>> arrange, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(arrange);
        if (!archive.CanSeek) throw new ArgumentException("The stream must be able to seek.", nameof(archive));
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new ArgumentException($"'{folder}' is not an empty folder.", nameof(folder));

        return await new ArchiveExtraction(archive, Path.GetFullPath(folder), limits ?? ArchiveLimits.Default).RunAsync(arrange, cancellationToken).ConfigureAwait(false);
    }
}
