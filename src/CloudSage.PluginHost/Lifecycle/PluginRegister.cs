namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What is live, and what the operator decided. For the coordinator's loop alone.</summary>
internal sealed class PluginRegister(StateFile file)
{
    private const int MostRemembered = 256;

    private readonly Dictionary<string, PluginInstance> _live = new(StringComparer.Ordinal);

    /// <summary>The plugins that are or were live, by name.</summary>
    public IReadOnlyDictionary<string, PluginInstance> Live => _live;

    public HostState State { get; private set; } = new();

    /// <summary>Whether the host stops: then nothing is wanted any more.</summary>
    public bool IsStopping { get; set; }

    /// <summary>How often grants have changed: what was begun before such a change may have been refused without it.</summary>
    public int Grants { get; private set; }

    /// <summary>Whether a plugin must not run.</summary>
    public bool IsHeld(string plugin) => IsStopping || State.IsDisabled(plugin) || State.Quarantined.ContainsKey(plugin);

    public PluginInstance Of(string plugin)
    {
        if (!_live.TryGetValue(plugin, out var instance)) _live[plugin] = instance = new PluginInstance(plugin);
        return instance;
    }

    /// <summary>Forgets the starts that failed for want of a permission: what was missing may be granted now.</summary>
    /// <param name="plugins">The plugins to which something was granted; null for all.</param>
    public void TryAgain(IReadOnlySet<string>? plugins)
    {
        Grants++;
        foreach (var instance in _live.Values.Where(i => i.Failure?.WantsGrant == true && plugins?.Contains(i.Name) != false)) instance.Failure = null;
    }

    /// <summary>Forgets what has left for good, save the latest: names that come and go for ever must not fill the memory.</summary>
    /// <param name="present">The names that are in the plugin directories.</param>
    public void Forget(IReadOnlySet<string> present)
    {
        var gone = _live.Values.Where(i => i.IsGone && !present.Contains(i.Name)).ToArray();
        foreach (var instance in gone.OrderByDescending(static i => i.LastUnload?.At).Skip(MostRemembered)) _live.Remove(instance.Name);
    }

    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    public void Load() => State = file.Read();

    /// <summary>Takes over what somebody else wrote into the state file, such as <c>csg</c>.</summary>
    /// <returns>The state before; null where nothing has changed.</returns>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    public HostState? Refresh()
    {
        if (!file.HasChanged) return null;
        var before = State;
        State = file.Read();
        foreach (var (plugin, at) in State.Retried)
        {
            if ((!before.Retried.TryGetValue(plugin, out var earlier) || earlier != at) && _live.TryGetValue(plugin, out var instance)) instance.Failure = null;
        }

        return before;
    }

    /// <summary>Changes the state: on disk first, so that what is remembered is never less than what was acted on.</summary>
    public void Change(Func<HostState, HostState> change) => State = file.Change(change);
}
