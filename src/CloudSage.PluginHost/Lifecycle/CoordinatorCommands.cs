using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What an operator may decide. Used by the coordinator's loop alone, one decision at a time.</summary>
internal sealed class CoordinatorCommands(
    PluginRegister register, CandidateTracker candidates, CandidateReview review, PluginLocks locks, PermissionPolicy permissions, PluginReporter reporter, AuditTrail audit, TimeProvider clock)
{
    /// <summary>After so long, what could not be read is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private IReadOnlySet<LockedGrant>? _granted;

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
        if (!changed && _granted is not null) return;
        var regranted = NoteGrants();
        if (!changed) return;
        candidates.PrepareAgain(RegistrationCodes.OfOperator);
        if (regranted.Count > 0) review.BeginFor(regranted, stopping);
    }

    /// <summary>The configuration of grants has changed: what was held back for it is looked at again, and so is what runs by it.</summary>
    /// <param name="stopping">Ends what is begun by it.</param>
    public void ReviewGrants(CancellationToken stopping)
    {
        candidates.PrepareAgain(RegistrationCodes.OfOperator);
        review.BeginFor(null, stopping);
    }

    /// <summary>What the lock files grant, and no longer grant, since they were last read.</summary>
    /// <returns>The plugins to which that happened.</returns>
    private HashSet<string> NoteGrants()
    {
        var (granted, before) = (locks.Grants, _granted ?? locks.Grants);
        foreach (var grant in granted.Except(before)) Note("granted", grant);
        // What the configuration grants besides goes on being granted.
        foreach (var grant in before.Except(granted).Where(g => !permissions.IsGranted(g.Plugin, Path.Combine(g.Directory, g.Plugin), g.Permission))) Note("revoked", grant);
        _granted = granted;
        return [.. granted.Except(before).Concat(before.Except(granted)).Select(static g => g.Plugin)];
    }

    private void Note(string action, LockedGrant grant) => audit.Note(action, grant.Plugin, detail: $"in {grant.Directory}", permission: grant.Permission);

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
