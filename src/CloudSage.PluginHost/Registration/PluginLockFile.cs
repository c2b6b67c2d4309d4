namespace CloudSage.PluginHost.Registration;

/// <summary>The lock file of one plugin folder, on disk.</summary>
internal sealed class PluginLockFile(string directory)
{
    private readonly StoredDocument<PluginLock> _document = new(
        System.IO.Path.Combine(directory, PluginLock.FileName), PluginLockJsonContext.Default.PluginLock,
        static l => l.LockVersion == 1 && l.Plugins is not null && l.Plugins.Values.All(static p => p?.IsWhole == true),
        (RegistrationCodes.LockDamaged, "Take it from your version control, or delete it and register the plugins anew: nothing in this folder is let in until then."),
        new DocumentFormat("lockVersion", 1, RegistrationCodes.LockNewer));

    public string Directory => directory;

    public string Path => _document.Path;

    public bool Exists => _document.Exists;

    public bool HasChanged => _document.HasChanged;

    /// <exception cref="InvalidDataException">The file is there but is no lock file.</exception>
    public PluginLock Read() => _document.Read();

    /// <exception cref="InvalidDataException">The file is there but is no lock file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public PluginLock Change(Func<PluginLock, PluginLock> change) => _document.Change(change);
}
