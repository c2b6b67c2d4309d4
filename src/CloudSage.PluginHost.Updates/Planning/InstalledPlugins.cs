using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Staging.Archives;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>Finds the plugins of a folder and how they are registered. Nothing of them is loaded.</summary>
internal sealed class InstalledPlugins(ManifestReader manifests)
{
    /// <param name="directory">The plugin folder.</param>
    /// <param name="archives">Unpacks what is packed; what it made is needed until all has been looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    /// <exception cref="IOException">The folder or its lock file cannot be read.</exception>
    public async Task<IReadOnlyList<InstalledPlugin>> InAsync(string directory, UnpackedArchives archives, CancellationToken cancellationToken)
    {
        var found = new List<InstalledPlugin>();
        if (!Directory.Exists(directory)) return found;
        var locked = new PluginLockFile(directory).Read().Plugins;
        foreach (var path in Directory.EnumerateFileSystemEntries(directory).Where(PluginValidation.IsLookedAt).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isArchive = File.Exists(path) && PluginArchive.IsArchive(path);
            var content = isArchive ? await archives.UnpackAsync(path, cancellationToken).ConfigureAwait(false) : path;
            // One whose manifest cannot be read is refused by the host, which says why.
            if (content is null || Read(content, isArchive) is not { } manifest) continue;
            found.Add(new InstalledPlugin(directory, path, content, manifest, isArchive ? null : locked.GetValueOrDefault(manifest.Name)));
        }

        return found;
    }

    private PluginManifest? Read(string path, bool isUnpacked)
    {
        var content = isUnpacked ? ManifestFile.OfUnpacked(path) : Directory.Exists(path) ? ManifestFile.OfFolder(path) : ManifestFile.OfAssembly(path);
        return content.Value is { } found ? manifests.Read(found.Bytes, found.File).Value : null;
    }
}

/// <summary>A plugin that lies in a plugin folder.</summary>
/// <param name="Directory">The plugin folder.</param>
/// <param name="Path">Its own folder or file.</param>
/// <param name="Content">Where its files are: the same, or what an archive was unpacked to.</param>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Locked">How it is registered; null where it is not. What is registered is no archive.</param>
internal sealed record InstalledPlugin(string Directory, string Path, string Content, PluginManifest Manifest, LockedPlugin? Locked)
{
    public string Name => Manifest.Name;

    public PackageOrigin? Origin => PackageOrigin.Of(Locked);
}
