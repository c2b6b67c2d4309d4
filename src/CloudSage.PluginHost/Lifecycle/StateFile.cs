using CloudSage.PluginHost.Registration;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What the operator decided, on disk. Others may change it too, such as <c>csg</c> beside a running host.</summary>
internal sealed class StateFile(string stateDirectory)
{
    private readonly StoredDocument<HostState> _document = new(
        Path.Combine(DirectoryIn(stateDirectory), "state.json"), LifecycleJsonContext.Default.HostState,
        static state => state is { Disabled: not null, Quarantined: not null, Retried: not null },
        (LifecycleCodes.StateDamaged, "Mend it, or delete it to enable every plugin and lift every quarantine."),
        new DocumentFormat("version", 1, LifecycleCodes.StateNewer));

    /// <summary>The directory to watch for changes that others make.</summary>
    public static string DirectoryIn(string stateDirectory) => Path.Combine(stateDirectory, "operator");

    /// <summary>Reads the state and changes nothing, not even by making the directory.</summary>
    /// <exception cref="InvalidDataException">The file is there but is no state.</exception>
    public HostState Peek() => _document.Read();

    /// <summary>Reads the state; a state that was never written is empty.</summary>
    /// <exception cref="InvalidDataException">The file is there but is no state.</exception>
    public HostState Read()
    {
        // There from the first look on, so that it can be watched.
        Directory.CreateDirectory(Path.GetDirectoryName(_document.Path)!);
        return _document.Read();
    }

    /// <summary>Whether somebody else wrote the file since it was last read or written here.</summary>
    public bool HasChanged => _document.HasChanged;

    /// <summary>Changes the state as it is on disk now, and returns what it has become.</summary>
    /// <exception cref="InvalidDataException">The file is there but is no state.</exception>
    /// <exception cref="IOException">The file cannot be written, or somebody holds its lock for longer than two seconds.</exception>
    public HostState Change(Func<HostState, HostState> change) => _document.Change(change);
}
