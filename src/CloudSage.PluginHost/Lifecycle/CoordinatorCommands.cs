namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What an operator's command may change. Used by the coordinator's loop alone, one command at a time.</summary>
internal sealed class CoordinatorCommands(PluginRegister register, PluginReporter reporter)
{
    public void Disable(string plugin)
    {
        if (register.State.IsDisabled(plugin)) return;
        register.Change(register.State.WithDisabled(plugin, true));
        reporter.Operator(PluginEventKind.Disabled, plugin, PluginState.Disabled, "disabled");
    }

    public void Enable(string plugin)
    {
        if (!register.State.IsDisabled(plugin)) return;
        register.Change(register.State.WithDisabled(plugin, false));
        reporter.Operator(PluginEventKind.Enabled, plugin, PluginState.Verified, "enabled");
    }

    /// <summary>Lifts a quarantine and forgets a failed start, so that the plan tries it again.</summary>
    public void Retry(string plugin)
    {
        if (register.State.Quarantined.ContainsKey(plugin)) register.Change(register.State.WithQuarantine(plugin, null));
        if (register.Live.TryGetValue(plugin, out var instance)) instance.Failure = null;
        reporter.Operator(PluginEventKind.Enabled, plugin, PluginState.Verified, "retried");
    }
}
