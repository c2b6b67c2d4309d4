using System.Text.Json;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>
/// What the operator decided, on disk. Written whole to a file beside it, flushed, then renamed over it: a crash leaves the old or the new
/// state, never a part. Others may change it too, such as <c>csg</c> beside a running host: every change is made under a lock, to what is there.
/// </summary>
internal sealed class StateFile(string stateDirectory)
{
    private const int LockAttempts = 200;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    private readonly string _path = Path.Combine(DirectoryIn(stateDirectory), "state.json");
    private (DateTime Written, long Length)? _read;

    /// <summary>The directory to watch for changes that others make.</summary>
    public static string DirectoryIn(string stateDirectory) => Path.Combine(stateDirectory, "operator");

    /// <summary>Reads the state; a state that was never written is empty.</summary>
    /// <exception cref="InvalidDataException">The file is there but is no state.</exception>
    public HostState Read()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _read = Stamp();
        if (_read is null) return new HostState();
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(_path), LifecycleJsonContext.Default.HostState);
            return state is { Disabled: not null, Quarantined: not null, Retried: not null } ? state : throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{LifecycleCodes.StateDamaged}: The state file '{_path}' is damaged: {e.Message} "
                + "Mend it, or delete it to enable every plugin and lift every quarantine.", e);
        }
    }

    /// <summary>Whether somebody else wrote the file since it was last read or written here.</summary>
    public bool HasChanged => Stamp() != _read;

    /// <summary>Changes the state as it is on disk now, and returns what it has become.</summary>
    /// <exception cref="InvalidDataException">The file is there but is no state.</exception>
    /// <exception cref="IOException">The file cannot be written, or somebody holds its lock for longer than two seconds.</exception>
    public HostState Change(Func<HostState, HostState> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var taken = Lock();
        var state = change(Read());
        var temporary = _path + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, state, LifecycleJsonContext.Default.HostState);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
        _read = Stamp();
        return state;
    }

    private FileStream Lock()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < LockAttempts)
            {
                // Another process is changing the state, which takes milliseconds. Sleeping is right: no file system signals a lock's end.
                Thread.Sleep(LockPause);
            }
        }
    }

    private (DateTime Written, long Length)? Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
    }
}
