using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What an operator may decide. Used by the coordinator's loop alone, one decision at a time.</summary>
internal sealed class CoordinatorCommands(
    PluginRegister register, CandidateTracker candidates, PluginLocks locks, PluginReporter reporter, AuditTrail audit, TimeProvider clock)
{
    private IReadOnlySet<(string Plugin, string Permission)>? _granted;

    public void Disable(string plugin) => Change(state => state.WithDisabled(plugin, true));

    public void Enable(string plugin) => Change(state => state.WithDisabled(plugin, false));

    /// <summary>Lifts a quarantine, forgets a failed start, and has what was refused looked at again, so that the plan tries it again.</summary>
    public void Retry(string plugin)
    {
        if (register.Live.TryGetValue(plugin, out var instance)) instance.Failure = null;
        Change(state => state.WithRetry(plugin, clock.GetUtcNow()));
    }

    /// <summary>Takes over what was decided elsewhere.</summary>
    public void Refresh()
    {
        if (register.Refresh() is { } before) Report(before);
        var changed = locks.Refresh();
        if (!changed && _granted is not null) return;
        NoteGrants();
        if (changed) ReviewGrants();
    }

    /// <summary>Lock files or grants have changed: what was held back for them is looked at again.</summary>
    public void ReviewGrants() => candidates.PrepareAgain(RegistrationCodes.OfOperator);

    /// <summary>What the lock files grant, and no longer grant, since they were last read.</summary>
    private void NoteGrants()
    {
        var granted = locks.Grants;
        foreach (var (plugin, permission) in granted.Except(_granted ?? granted)) audit.Note("granted", plugin, permission: permission);
        foreach (var (plugin, permission) in (_granted ?? granted).Except(granted)) audit.Note("revoked", plugin, permission: permission);
        _granted = granted;
    }

    private void Change(Func<HostState, HostState> change)
    {
        var before = register.State;
        register.Change(change);
        Report(before);
    }

    private void Report(HostState before)
    {
        foreach (var plugin in register.State.Disabled.Except(before.Disabled, StringComparer.Ordinal))
            reporter.Operator(PluginEventKind.Disabled, plugin, PluginState.Disabled, "disabled");
        foreach (var plugin in before.Disabled.Except(register.State.Disabled, StringComparer.Ordinal))
            reporter.Operator(PluginEventKind.Enabled, plugin, StateOf(plugin), "enabled");
        foreach (var (plugin, at) in register.State.Retried)
        {
            if (before.Retried.TryGetValue(plugin, out var earlier) && earlier == at) continue;
            candidates.PrepareAgain(plugin);
            reporter.Operator(PluginEventKind.Enabled, plugin, StateOf(plugin), "given another try");
        }
    }

    /// <summary>What still holds a plugin back after a decision in its favour.</summary>
    private PluginState StateOf(string plugin)
        => register.State.IsDisabled(plugin) ? PluginState.Disabled
            : register.State.Quarantined.ContainsKey(plugin) ? PluginState.Quarantined
            : PluginState.Verified;
}
