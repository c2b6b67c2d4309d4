using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>Finds the plugins of a folder and how they are registered. Nothing of them is loaded.</summary>
internal sealed class InstalledPlugins(ManifestReader manifests)
{
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    /// <exception cref="IOException">The folder or its lock file cannot be read.</exception>
    public IEnumerable<InstalledPlugin> In(string directory)
    {
        if (!Directory.Exists(directory)) yield break;
        var locked = new PluginLockFile(directory).Read().Plugins;
        foreach (var path in Directory.EnumerateFileSystemEntries(directory).Where(IsPlugin).Order(StringComparer.Ordinal))
        {
            // One whose manifest cannot be read is refused by the host, which says why.
            if (Read(path) is { } manifest) yield return new InstalledPlugin(directory, path, manifest, locked.GetValueOrDefault(manifest.Name));
        }
    }

    private PluginManifest? Read(string path)
    {
        var content = Directory.Exists(path) ? ManifestFile.OfFolder(path) : ManifestFile.OfAssembly(path);
        return content.Value is { } found ? manifests.Read(found.Bytes, found.File).Value : null;
    }

    private static bool IsPlugin(string path)
        => !Path.GetFileName(path).StartsWith('.') && (Directory.Exists(path) || path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A plugin that lies in a plugin folder.</summary>
/// <param name="Directory">The plugin folder.</param>
/// <param name="Path">Its own folder or file.</param>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Locked">How it is registered; null where it is not.</param>
internal sealed record InstalledPlugin(string Directory, string Path, PluginManifest Manifest, LockedPlugin? Locked)
{
    public string Name => Manifest.Name;

    public PackageOrigin? Origin => PackageOrigin.Of(Locked);
}
