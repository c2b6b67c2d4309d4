namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What an operator's command may change. Used by the coordinator's loop alone, one command at a time.</summary>
internal sealed class CoordinatorCommands(
    IReadOnlyDictionary<string, PluginInstance> live, Func<HostState> state, Action<HostState> setState, PluginReporter reporter)
{
    public void Disable(string plugin)
    {
        if (state().IsDisabled(plugin)) return;
        setState(state().WithDisabled(plugin, true));
        reporter.Operator(PluginEventKind.Disabled, plugin, PluginState.Disabled, "disabled");
    }

    public void Enable(string plugin)
    {
        if (!state().IsDisabled(plugin)) return;
        setState(state().WithDisabled(plugin, false));
        reporter.Operator(PluginEventKind.Enabled, plugin, PluginState.Verified, "enabled");
    }

    /// <summary>Lifts a quarantine and forgets a failed start, so that the plan tries it again.</summary>
    public void Retry(string plugin)
    {
        if (state().Quarantined.ContainsKey(plugin)) setState(state().WithQuarantine(plugin, null));
        if (live.TryGetValue(plugin, out var instance)) instance.Failure = null;
        reporter.Operator(PluginEventKind.Enabled, plugin, PluginState.Verified, "retried");
    }
}
