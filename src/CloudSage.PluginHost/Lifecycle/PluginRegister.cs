namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What is live, and what the operator decided. For the coordinator's loop alone.</summary>
internal sealed class PluginRegister(StateFile file)
{
    private readonly SortedDictionary<string, PluginInstance> _live = new(StringComparer.Ordinal);

    /// <summary>The plugins that are or were live, by name.</summary>
    public IReadOnlyDictionary<string, PluginInstance> Live => _live;

    public HostState State { get; private set; } = new();

    /// <summary>Whether the host stops: then nothing is wanted any more.</summary>
    public bool IsStopping { get; set; }

    /// <summary>Whether a plugin must not run.</summary>
    public bool IsHeld(string plugin) => IsStopping || State.IsDisabled(plugin) || State.Quarantined.ContainsKey(plugin);

    public PluginInstance Of(string plugin)
    {
        if (!_live.TryGetValue(plugin, out var instance)) _live[plugin] = instance = new PluginInstance(plugin);
        return instance;
    }

    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    public void Load() => State = file.Read();

    /// <summary>Changes the state: on disk first, so that what is remembered is never less than what was acted on.</summary>
    public void Change(HostState state)
    {
        file.Write(state);
        State = state;
    }
}
