using System.Text.Json;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>
/// The intent of a change, written down. Its paths are relative to the workspace: wherever the plugin folder is copied or moved to, it speaks of that folder
/// alone. What it says is believed only where it cannot reach beyond.
/// </summary>
internal static class TransactionFile
{
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(FolderWorkspace workspace, FolderTransaction intent)
    {
        var temporary = workspace.TransactionPath + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            var relative = intent with { Incoming = Relative(workspace, intent.Incoming), Leaving = Relative(workspace, intent.Leaving) };
            JsonSerializer.Serialize(stream, relative, TransactionJsonContext.Default.FolderTransaction);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, workspace.TransactionPath, overwrite: true);
    }

    /// <summary>Reads what was intended; null where nothing is.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or is no change of this folder: it was renamed into place whole, so somebody else wrote it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FolderTransaction? Read(FolderWorkspace workspace)
    {
        if (!Path.Exists(workspace.TransactionPath)) return null;
        try
        {
            // What has no length is not opened: it may be a pipe or a device, whose opening would wait for ever.
            var read = new FileInfo(workspace.TransactionPath) is { Exists: true, Length: > 0 }
                ? JsonSerializer.Deserialize(File.ReadAllBytes(workspace.TransactionPath), TransactionJsonContext.Default.FolderTransaction) : null;
            if (read is not null && IsSound(read))
                return read with { Incoming = Absolute(workspace, read.Incoming), Leaving = Absolute(workspace, read.Leaving) };
        }
        catch (JsonException)
        {
            // Said below, as everything else that is wrong with it.
        }

        throw new InvalidDataException($"'{workspace.TransactionPath}' is not what this program writes.");
    }

    public static void Delete(FolderWorkspace workspace) => File.Delete(workspace.TransactionPath);

    private static bool IsSound(FolderTransaction intent)
        => intent is { Plugin: { } name, Removed: { } removed } && SafeName.FindFault(name) is null && removed.All(IsEntry) && (removed.Count == 0 || intent.Leaving is not null)
            && intent.Locked?.IsWhole != false && intent.Before?.IsWhole != false && intent.Trace?.All(e => e is { Action: not null, Actor: not null } && e.Plugin == name) != false;

    /// <summary>Whether it names an entry of a plugin folder that may be a plugin's.</summary>
    private static bool IsEntry(string? name) => name is { Length: > 0 } && name[0] != '.' && Path.GetFileName(name) == name && name != PluginLock.FileName;

    private static string? Relative(FolderWorkspace workspace, string? path) => path is null ? null : Path.GetRelativePath(workspace.Root, path);

    private static string? Absolute(FolderWorkspace workspace, string? relative)
    {
        if (relative is null) return null;
        var path = Path.GetFullPath(relative, workspace.Root);
        return PathBoundary.Contains(workspace.Root, path) && !path.Equals(workspace.Root, PathBoundary.Comparison) ? path
            : throw new InvalidDataException($"'{workspace.TransactionPath}' speaks of '{path}', which is not in its folder.");
    }
}
