using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration.Auditing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>Before the host looks at its plugin folders: completes changes of them that were cut off.</summary>
internal sealed class FolderRecovery(IOptions<DiscoveryOptions> options, AuditFile audit, TimeProvider clock, ILogger<FolderRecovery> logger)
{
    public void Run()
    {
        foreach (var directory in options.Value.AbsoluteDirectories)
        {
            var workspace = new FolderWorkspace(directory);
            if (!Path.Exists(workspace.TransactionPath)) continue;
            try
            {
                // Held by a process that lives: it completes its change itself, and the watcher sees that.
                using var taken = workspace.TryTake(waits: false);
                if (taken is null || FolderTransaction.Recover(workspace, audit.AppendMissing, change => change.Entry(clock.GetUtcNow(), "host")) is not { } recovered) continue;
                if (recovered.IsComplete) logger.ChangeCompleted(directory, recovered.Change.Plugin);
                else logger.ChangeTakenBack(directory, recovered.Change.Plugin);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // A folder that this process may not write, or a file that is not ours: what lies in it is looked at as it is, and checked against the lock file.
                logger.ChangeNotCompleted(directory, e.Message);
            }
        }
    }
}
