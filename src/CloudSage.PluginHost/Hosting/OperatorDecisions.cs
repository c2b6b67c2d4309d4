using CloudSage.PluginHost.Lifecycle;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// An operator's decisions, made from outside of the host's process: they are written into its state directory. A running host acts on them
/// at once, one that does not run at its next start. Inside the process use <see cref="IPluginHost"/>.
/// </summary>
/// <param name="stateDirectory">The host's <see cref="LifecycleOptions.StateDirectory"/>.</param>
/// <param name="clock">The clock.</param>
public sealed class OperatorDecisions(string stateDirectory, TimeProvider clock)
{
    private readonly StateFile _file = new(Path.GetFullPath(stateDirectory));

    /// <summary>The plugins that something was decided about: disabled ones, and those under quarantine.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    /// <exception cref="IOException">The state file cannot be read.</exception>
    public IReadOnlyList<string> Names() 
    {
        var state = _file.Peek();
        return [.. state.Disabled.Union(state.Quarantined.Keys, StringComparer.Ordinal)];
    }

    /// <summary>Keeps a plugin out of use.</summary>
    /// <param name="plugin">The plugin's name; it need not be there.</param>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    /// <exception cref="IOException">The state file cannot be read or written.</exception>
    public void Disable(string plugin) => _file.Change(state => state.WithDisabled(plugin, true));

    /// <summary>Lets a disabled plugin serve again.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    /// <exception cref="IOException">The state file cannot be read or written.</exception>
    public void Enable(string plugin) => _file.Change(state => state.WithDisabled(plugin, false));

    /// <summary>Lifts a quarantine, and has a faulted or rejected plugin tried again.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    /// <exception cref="IOException">The state file cannot be read or written.</exception>
    public void Retry(string plugin) => _file.Change(state => state.WithRetry(plugin, clock.GetUtcNow()));
}
