using System.Text.Json.Serialization;
using CloudSage.PluginHost.Registration.Auditing;

namespace CloudSage.PluginHost.Registration.Placing;

/// <summary>
/// A change of a plugin folder: a plugin's folder and its line in the lock file, both or neither. What is intended is written down first; whoever comes
/// after a crash carries it out, from whichever step it had reached. What fails is taken back.
/// </summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Locked">The new line of the lock file; null where it is removed.</param>
internal sealed record FolderTransaction(string Plugin, LockedPlugin? Locked)
{
    /// <summary>The finished folder of the workspace that becomes the entry of the plugin folder with the plugin's name; null where none does.</summary>
    public string? Incoming { get; init; }

    /// <summary>The names of the entries of the plugin folder that are taken away.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>The folder of the workspace that they are taken to; null where nothing is taken away.</summary>
    public string? Leaving { get; init; }

    /// <summary>Whether what is taken away is kept, so that it can be put back, instead of being deleted in the end.</summary>
    public bool KeepsRemoved { get; init; }

    /// <summary>The line of the lock file as it was, for when the change is taken back.</summary>
    public LockedPlugin? Before { get; init; }

    /// <summary>Whether the lock file begins with this change: taken back, there is none again, for an empty one would lock out whatever else lies in the folder.</summary>
    public bool BeginsLock { get; init; }

    /// <summary>
    /// What the audit log is to say of it, written by whoever completes the change and before the intent is gone. Null in an intent of an earlier program.
    /// </summary>
    public IReadOnlyList<AuditEntry>? Trace { get; init; }

    /// <summary>Whether something else has the place that the plugin is to take.</summary>
    public bool IsObstructed(FolderWorkspace workspace)
        => Incoming is not null && Directory.Exists(Incoming) && Path.Exists(workspace.EntryOf(Plugin)) && !Removed.Contains(Plugin, PathComparer);

    /// <summary>Writes the intent down, then carries it out and notes it. Hold the workspace's lock.</summary>
    /// <param name="workspace">The workspace of the plugin folder.</param>
    /// <param name="note">Writes to the audit log. Where that fails, the change is taken back.</param>
    /// <exception cref="IOException">The folder or the audit log cannot be written; nothing is changed, or what is changed is completed or taken back by <see cref="Recover"/>.</exception>
    public void Carry(FolderWorkspace workspace, Action<IReadOnlyList<AuditEntry>> note)
    {
        var file = new PluginLockFile(workspace.PluginDirectory);
        var intent = this with { Before = file.Read().Plugins.GetValueOrDefault(Plugin), BeginsLock = !file.Exists };
        TransactionFile.Write(workspace, intent);
        var isToCome = Incoming is not null && Directory.Exists(Incoming);
        intent.OrTakeBack(workspace, isToCome, () =>
        {
            intent.Complete(workspace);
            note(intent.Trace ?? []);
        });
        intent.End(workspace);
    }

    /// <summary>Completes a change that was cut off, or takes it back where it cannot be completed, and notes it. Hold the workspace's lock.</summary>
    /// <param name="workspace">The workspace of the plugin folder.</param>
    /// <param name="note">Writes to the audit log what is not in it yet. Where that fails, the change stays as it is, for whoever can.</param>
    /// <param name="recovered">What is said of who recovered it.</param>
    /// <returns>The change; null where there was none.</returns>
    /// <exception cref="InvalidDataException">What is written down is no change of this folder, or the lock file is damaged.</exception>
    /// <exception cref="IOException">The folder or the audit log cannot be written.</exception>
    public static RecoveredChange? Recover(FolderWorkspace workspace, Action<IReadOnlyList<AuditEntry>> note, Func<RecoveredChange, AuditEntry> recovered)
    {
        if (TransactionFile.Read(workspace) is not { } intent) return null;
        var isWhole = intent.Incoming is null || Directory.Exists(intent.Incoming) || Directory.Exists(workspace.EntryOf(intent.Plugin));
        var change = new RecoveredChange(intent, isWhole && !intent.IsObstructed(workspace));
        if (change.IsComplete)
        {
            intent.OrTakeBack(workspace, comesNow: false, () => intent.Complete(workspace));
            note([.. intent.Trace ?? [], recovered(change)]);
            intent.End(workspace);
        }
        else
        {
            intent.TakeBack(workspace, comesNow: false);
            note([recovered(change)]);
        }

        return change;
    }

    private static StringComparer PathComparer => Discovery.PathBoundary.Comparer;

    /// <param name="workspace">The workspace.</param>
    /// <param name="comesNow">Whether it is this very call that puts the new entry in place, so that it takes it out again.</param>
    /// <param name="act">What may fail.</param>
    private void OrTakeBack(FolderWorkspace workspace, bool comesNow, Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What has failed must not come true later, when nobody expects it any more.
            TryTakeBack(workspace, comesNow);
            throw;
        }
    }

    private void End(FolderWorkspace workspace)
    {
        // Everything is in place, so nothing is taken back any more: where the intent cannot be deleted, whoever comes next finds that nothing is left to do.
        TransactionFile.Delete(workspace);
        if (Leaving is not null && !KeepsRemoved) FolderWorkspace.Delete(Leaving);
    }

    /// <summary>
    /// Every step looks whether it was done already. The lock file has the new line before the new content is there, so that a host which watches never sees
    /// content that it must take for a stranger's.
    /// </summary>
    private void Complete(FolderWorkspace workspace)
    {
        // Once the new entry is in place, an entry of that name is no longer the one to take away.
        var isToCome = Incoming is not null && Directory.Exists(Incoming);
        if (Incoming is null || isToCome)
        {
            foreach (var name in Removed) Take(workspace.EntryOf(name), Path.Combine(Leaving!, name));
        }

        Write(workspace, Locked);
        if (isToCome) Directory.Move(Incoming!, workspace.EntryOf(Plugin));
    }

    private void TryTakeBack(FolderWorkspace workspace, bool comesNow)
    {
        try
        {
            TakeBack(workspace, comesNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk fails altogether: the intent stays, and whoever comes next completes it or takes it back.
        }
    }

    private void TakeBack(FolderWorkspace workspace, bool comesNow)
    {
        if (comesNow && !Directory.Exists(Incoming)) Take(workspace.EntryOf(Plugin), Incoming!);
        foreach (var name in Removed)
        {
            var kept = Path.Combine(Leaving!, name);
            if (Path.Exists(kept) && Path.Exists(workspace.EntryOf(name))) throw new IOException($"'{kept}' cannot be put back: there is another '{name}' in the plugin folder.");
            Take(kept, workspace.EntryOf(name));
        }

        WriteBack(workspace);
        TransactionFile.Delete(workspace);
    }

    private void WriteBack(FolderWorkspace workspace)
    {
        var file = new PluginLockFile(workspace.PluginDirectory);
        if (BeginsLock && file.Read().Plugins.Keys.All(name => name == Plugin)) File.Delete(file.Path);
        else Write(workspace, Before);
    }

    /// <summary>A plugin that was never registered leaves without a word in the lock file, which would begin with it and lock out all others.</summary>
    private void Write(FolderWorkspace workspace, LockedPlugin? line)
    {
        if (Locked is not null || Before is not null) new PluginLockFile(workspace.PluginDirectory).Change(l => l.With(Plugin, line));
    }

    private static void Take(string from, string to)
    {
        if (!Path.Exists(from) || Path.Exists(to)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to);
    }
}

/// <summary>A change that somebody else had begun.</summary>
/// <param name="Change">The change.</param>
/// <param name="IsComplete">Whether it is complete now; otherwise it was taken back.</param>
internal sealed record RecoveredChange(FolderTransaction Change, bool IsComplete)
{
    /// <summary>What the audit log says of it.</summary>
    public AuditEntry Entry(DateTimeOffset at, string actor) => new(at, "recovered", Change.Plugin)
    {
        Actor = actor, Version = Change.Locked?.Version, Hash = Change.Locked?.Hash, Detail = IsComplete ? "completed" : "taken back",
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FolderTransaction))]
internal sealed partial class TransactionJsonContext : JsonSerializerContext;
