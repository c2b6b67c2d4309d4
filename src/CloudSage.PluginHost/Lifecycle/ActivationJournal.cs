using System.Collections.Concurrent;
using System.Text.Json;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>
/// Marks on disk which plugins are being activated. A mark that is there when the host starts belongs to a plugin
/// during whose activation the process died.
/// </summary>
/// <remarks>
/// The file of a mark is used again for the next one: renaming a file costs a file system a tenth of what making and deleting one does, and much less
/// where thousands of plugins start.
/// </remarks>
internal sealed class ActivationJournal(string stateDirectory)
{
    private readonly string _directory = Path.Combine(stateDirectory, "activating");
    private readonly string _spares = Path.Combine(stateDirectory, "activating-spare");
    private readonly ConcurrentBag<string> _idle = [];
    private int _made;

    /// <summary>Marks an activation; dispose what is returned when it has ended, well or not.</summary>
    public IDisposable Begin(ActivationMark mark)
    {
        var path = Path.Combine(_directory, mark.Plugin + ".json");
        var text = JsonSerializer.SerializeToUtf8Bytes(mark, LifecycleJsonContext.Default.ActivationMark);
        if (!_idle.TryTake(out var spare)) spare = Path.Combine(_spares, $"{Interlocked.Increment(ref _made)}");
        try
        {
            Write(spare, text, path);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // The first mark ever, or somebody removed the directories. .NET asks only after a failure whether the directory is there: where another
            // start has made it meanwhile, it says that the file is missing.
            Directory.CreateDirectory(_directory);
            Directory.CreateDirectory(_spares);
            Write(spare, text, path);
        }

        return new Ending(this, path, spare);
    }

    /// <summary>To the operating system, not to the disk: the mark must survive the death of the process, not of the machine.</summary>
    private static void Write(string spare, byte[] text, string path)
    {
        using (var file = File.OpenHandle(spare, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(file, text, 0);
            RandomAccess.SetLength(file, text.Length);
        }

        // Whole when it gets its name.
        File.Move(spare, path, overwrite: true);
    }

    /// <summary>Takes the marks that an earlier process left behind.</summary>
    public IReadOnlyList<ActivationMark> TakeLeftovers()
    {
        if (!Directory.Exists(_directory)) return [];
        var marks = new List<ActivationMark>();
        foreach (var path in Directory.GetFiles(_directory, "*.json").Order(StringComparer.Ordinal))
        {
            marks.Add(Read(path));
            File.Delete(path);
        }

        return marks;
    }

    private static ActivationMark Read(string path)
    {
        var unknown = new ActivationMark(Path.GetFileNameWithoutExtension(path), "unknown", string.Empty, File.GetLastWriteTimeUtc(path));
        try
        {
            var mark = JsonSerializer.Deserialize(File.ReadAllBytes(path), LifecycleJsonContext.Default.ActivationMark);
            return mark is { Plugin: not null, Version: not null, Hash: not null } ? mark : unknown;
        }
        catch (JsonException)
        {
            // The process died while it wrote the mark: the file's name still says which plugin it was about to activate.
            return unknown;
        }
    }

    private sealed class Ending(ActivationJournal journal, string path, string spare) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                File.Move(path, spare, overwrite: true);
                journal._idle.Add(spare);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Held open by somebody. The mark stays, and at worst a quarantine follows that the operator lifts; what has started must not be lost for it.
            }
        }
    }
}

/// <summary>An activation under way.</summary>
internal sealed record ActivationMark(string Plugin, string Version, string Hash, DateTimeOffset At);
