using CloudSage.PluginHost.Staging.Archives;

namespace CloudSage.PluginHost.Staging;

/// <summary>
/// Makes a plugin's folder of an archive that lies in a plugin directory (<c>.zip</c>, <c>.nupkg</c>). Register it as a service of the application, by
/// <c>TryAddEnumerable</c>: of those that can unpack an archive the first one registered does, and where none can the host itself, which takes archives that hold
/// all that the plugin needs.
/// </summary>
public interface IPluginUnpacker
{
    /// <summary>Whether this unpacker takes such archives. Judge by the name: the file may be gone by now.</summary>
    /// <param name="path">The archive in the plugin directory.</param>
    /// <returns>Whether <see cref="UnpackAsync"/> is to be called for it.</returns>
    bool CanUnpack(string path);

    /// <summary>
    /// Unpacks an archive. What it throws refuses the plugin (<c>CSG1207</c>), save for a cancellation. The host deletes the folder whatever comes of it: it
    /// takes its own copy, by the same rules as for a folder that an operator drops in.
    /// </summary>
    /// <param name="archive">A copy of the archive, with the name that it has in the plugin directory. Nobody changes it meanwhile.</param>
    /// <param name="folder">Where the plugin's files belong, the manifest at the top. It is not there yet. Unpack by <see cref="PluginArchive"/>: what is written
    /// anywhere else is not the plugin's, and stays.</param>
    /// <param name="cancellationToken">The host stops, or has lost interest.</param>
    /// <returns>What was found; an error refuses the archive, and a version that serves goes on serving.</returns>
    Task<IReadOnlyList<Finding>> UnpackAsync(string archive, string folder, CancellationToken cancellationToken);
}
