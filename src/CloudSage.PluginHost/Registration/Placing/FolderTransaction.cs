using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>
/// A change of a plugin folder: a plugin's folder and its line in the lock file, both or neither. What is intended is written down first; whoever comes
/// after a crash carries it out, from whichever step it had reached.
/// </summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Locked">The new line of the lock file; null where it is removed.</param>
internal sealed record FolderTransaction(string Plugin, LockedPlugin? Locked)
{
    /// <summary>The finished folder that becomes the entry of the plugin folder with the plugin's name; null where none does.</summary>
    public string? Incoming { get; init; }

    /// <summary>The names of the entries of the plugin folder that are taken away.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>The folder that they are taken to.</summary>
    public string Leaving { get; init; } = string.Empty;

    /// <summary>Whether what is taken away is kept, so that it can be put back, instead of being deleted in the end.</summary>
    public bool KeepsRemoved { get; init; }

    /// <summary>Writes the intent down, then carries it out. Hold the workspace's lock.</summary>
    /// <exception cref="IOException">The folder cannot be written; what was done by then is completed by <see cref="Recover"/>.</exception>
    public void Carry(FolderWorkspace workspace)
    {
        using (var stream = new FileStream(workspace.TransactionPath + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, this, TransactionJsonContext.Default.FolderTransaction);
            stream.Flush(flushToDisk: true);
        }

        File.Move(workspace.TransactionPath + ".new", workspace.TransactionPath, overwrite: true);
        Complete(workspace);
    }

    /// <summary>Completes a change that was cut off. Hold the workspace's lock.</summary>
    /// <returns>The change; null where there was none.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static FolderTransaction? Recover(FolderWorkspace workspace)
    {
        if (!File.Exists(workspace.TransactionPath)) return null;
        // Renamed into place whole, so it can be read, or somebody else wrote into the workspace: then it is no intent of ours.
        var intent = JsonSerializer.Deserialize(File.ReadAllBytes(workspace.TransactionPath), TransactionJsonContext.Default.FolderTransaction)
            ?? throw new InvalidDataException($"'{workspace.TransactionPath}' is empty.");
        intent.Complete(workspace);
        return intent;
    }

    /// <summary>Every step looks whether it was done already.</summary>
    private void Complete(FolderWorkspace workspace)
    {
        // Once the new entry is in place, an entry of that name is no longer the one to take away.
        if (Incoming is null || Directory.Exists(Incoming))
        {
            foreach (var name in Removed) TakeAway(Path.Combine(workspace.PluginDirectory, name), Path.Combine(Leaving, name));
            if (Incoming is not null) Directory.Move(Incoming, Path.Combine(workspace.PluginDirectory, Plugin));
        }

        new PluginLockFile(workspace.PluginDirectory).Change(l => l.With(Plugin, Locked));
        File.Delete(workspace.TransactionPath);
        if (Removed.Count > 0 && !KeepsRemoved) FolderWorkspace.Delete(Leaving);
    }

    private static void TakeAway(string from, string to)
    {
        if (!Path.Exists(from) || Path.Exists(to)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FolderTransaction))]
internal sealed partial class TransactionJsonContext : JsonSerializerContext;
