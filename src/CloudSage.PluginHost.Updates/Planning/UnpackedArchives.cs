using CloudSage.PluginHost.Registration.Placing;
using CloudSage.PluginHost.Staging;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>Unpacks archives of a plugin folder as the host does, into a folder that goes away with it.</summary>
/// <param name="unpackers">In the order in which the host asks them.</param>
/// <param name="workspace">Where to; what a killed process left there is removed first.</param>
internal sealed class UnpackedArchives(IEnumerable<IPluginUnpacker> unpackers, string workspace) : IDisposable
{
    private IncomingFolder? _folder;
    private int _count;

    /// <summary>The folder that an archive became; null where it cannot be unpacked, of which the host says why.</summary>
    public async Task<string?> UnpackAsync(string archive, CancellationToken cancellationToken)
    {
        try
        {
            _folder ??= new FolderWorkspace(workspace).Open();
            var target = Path.Combine(_folder.Path, $"{++_count}");
            var findings = await unpackers.First(u => u.CanUnpack(archive)).UnpackAsync(archive, target, cancellationToken).ConfigureAwait(false);
            return findings.All(static f => f.Severity != FindingSeverity.Error) && Directory.Exists(target) ? target : null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Somebody else's code, a full disk, an archive that went away: one that is not looked at keeps no other from its update.
            return null;
        }
    }

    public void Dispose() => _folder?.Dispose();
}
