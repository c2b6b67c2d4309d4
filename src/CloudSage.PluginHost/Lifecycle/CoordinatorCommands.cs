using CloudSage.PluginHost.Registration;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What an operator may decide. Used by the coordinator's loop alone, one decision at a time.</summary>
internal sealed class CoordinatorCommands(
    PluginRegister register, CandidateTracker candidates, CandidateReview review, PluginLocks locks, GrantLedger grants, PluginReporter reporter, TimeProvider clock)
{
    /// <summary>After so long, what could not be read is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public void Disable(string plugin) => Change(state => state.WithDisabled(plugin, true));

    public void Enable(string plugin) => Change(state => state.WithDisabled(plugin, false));

    /// <summary>Lifts a quarantine, forgets a failed start, and has what was refused looked at again, so that the plan tries it again.</summary>
    public void Retry(string plugin)
    {
        if (register.Live.TryGetValue(plugin, out var instance)) instance.Failure = null;
        Change(state => state.WithRetry(plugin, clock.GetUtcNow()));
    }

    /// <summary>Takes over what was decided elsewhere about plugins.</summary>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read; it is looked at again.</exception>
    public void Refresh()
    {
        try
        {
            if (register.Refresh() is { } before) Report(before);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            candidates.LookAgainIn(Pause);
            throw;
        }
    }

    /// <summary>Takes over what the lock files say.</summary>
    /// <param name="stopping">Ends what is begun by it.</param>
    public void RefreshGrants(CancellationToken stopping)
    {
        var changed = locks.Refresh();
        if (locks.IsUnread) candidates.LookAgainIn(Pause);
        if (!changed && grants.AreNoted) return;
        var regranted = grants.NoteOfLocks();
        if (!changed) return;
        candidates.PrepareAgain(RegistrationCodes.OfOperator);
        // What a lock file that has come to be does not have runs on, but would not be let in again.
        candidates.PrepareAgain(accepted => locks.IsStranger(accepted.Name, accepted.Source));
        if (regranted.Count == 0) return;
        register.TryAgain(regranted);
        review.BeginFor(regranted, stopping);
    }

    /// <summary>The configuration of grants has changed: what was held back for it is looked at again, and so is what runs by it.</summary>
    /// <param name="stopping">Ends what is begun by it.</param>
    public void ReviewGrants(CancellationToken stopping)
    {
        candidates.PrepareAgain(RegistrationCodes.OfOperator);
        var regranted = grants.NoteOfConfiguration();
        if (regranted.Count > 0) register.TryAgain(regranted.Contains(PermissionPolicy.EveryPlugin) ? null : regranted);
        review.BeginFor(null, stopping);
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
