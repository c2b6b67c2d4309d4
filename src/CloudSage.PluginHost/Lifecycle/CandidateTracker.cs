using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>Follows the candidates from scan to scan: which to prepare, which are gone, and when to look again.</summary>
internal sealed class CandidateTracker(FolderScanner scanner, SettlingRule settling, LifecycleOptions options, TimeProvider clock)
{
    private readonly SortedDictionary<string, TrackedCandidate> _candidates = new(StringComparer.Ordinal);

    private readonly List<TrackedCandidate> _newlyIncomplete = [];

    public IReadOnlyCollection<TrackedCandidate> All => _candidates.Values;

    /// <summary>Grows whenever other content is accepted or a candidate is forgotten: while it stays, so does what is fit to load.</summary>
    public int Revision { get; private set; }

    /// <summary>Trouble with the plugin directories themselves.</summary>
    public IReadOnlyList<Finding> DirectoryFindings { get; private set; } = [];

    /// <summary>When to look again though nothing signals a change; null where only a change can alter anything.</summary>
    public DateTimeOffset? LookAgainAt { get; private set; }

    /// <summary>Looks at the plugin directories and returns the candidates that are complete and not yet prepared.</summary>
    public IReadOnlyList<(TrackedCandidate Tracked, PluginCandidate Candidate)> Observe(CancellationToken cancellationToken)
    {
        var snapshot = scanner.Scan(cancellationToken);
        DirectoryFindings = snapshot.Findings;
        LookAgainAt = null;
        var ready = new List<(TrackedCandidate, PluginCandidate)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var readiness in settling.Observe(snapshot, cancellationToken))
        {
            seen.Add(readiness.Candidate.Path);
            var tracked = Track(readiness);
            if (readiness.State == ReadinessState.Settled && !tracked.IsPreparing && tracked.PreparedFingerprint != readiness.Candidate.Fingerprint)
                ready.Add((tracked, readiness.Candidate));
        }

        ForgetVanished(seen);
        return ready;
    }

    /// <summary>Has a candidate looked at again soon: it changed while it was prepared, and nothing else may signal that.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="pause">How long to let it rest, so that one that never rests is not prepared without a break.</param>
    public void LookAgain(TrackedCandidate candidate, TimeSpan pause)
    {
        candidate.Readiness = ReadinessState.Settling;
        LookAt(clock.GetUtcNow() + pause);
    }

    /// <summary>Has the directories looked at again though nothing signals a change.</summary>
    public void LookAgainIn(TimeSpan pause) => LookAt(clock.GetUtcNow() + pause);

    /// <summary>Has what was refused of a plugin prepared again though it is as it was: what it was refused for may be mended outside of it.</summary>
    public void PrepareAgain(string plugin)
    {
        foreach (var refused in _candidates.Values.Where(c => c.Objections.Count > 0 && c.Name == plugin)) PrepareAgain(refused);
    }

    /// <summary>Has a candidate prepared again though it is as it was.</summary>
    public void PrepareAgain(TrackedCandidate candidate)
    {
        candidate.PreparedFingerprint = null;
        LookAgain(candidate, TimeSpan.Zero);
    }

    /// <summary>Has prepared again whatever was refused, or warned of by one of the codes: what that is about may have changed.</summary>
    public void PrepareAgain(IReadOnlySet<string> warnings)
    {
        foreach (var pending in _candidates.Values.Where(static c => c.IsPreparing)) pending.IsOvertaken = true;
        foreach (var judged in _candidates.Values.Where(c => c.Objections.Count > 0 || c.Accepted?.Descriptor.Warnings.Any(f => warnings.Contains(f.Code)) == true)) PrepareAgain(judged);
    }

    /// <summary>Has prepared again what was judged by where the registered content of its name lies, after another file or folder of that name has shown that it lies elsewhere.</summary>
    /// <param name="shown">The other one, which was just prepared, or is gone.</param>
    /// <param name="isGone">Whether it is gone.</param>
    public void PrepareRivals(TrackedCandidate shown, bool isGone = false)
    {
        // That it is a stranger itself shows nothing.
        if (!isGone && Has(shown, RegistrationCodes.NotRegistered)) return;
        var outdated = isGone || shown.Objections.Count > 0 || Has(shown, RegistrationCodes.Drift) ? RegistrationCodes.NotRegistered : RegistrationCodes.Drift;
        foreach (var rival in _candidates.Values.Where(c => c != shown && c.Name == shown.Name && Has(c, outdated) && Path.GetDirectoryName(c.Path) == Path.GetDirectoryName(shown.Path)))
            PrepareAgain(rival);

        static bool Has(TrackedCandidate candidate, string code) => candidate.Judgement.Any(f => f.Code == code);
    }

    /// <summary>Has prepared again what was accepted and would be judged otherwise now.</summary>
    public void PrepareAgain(Func<PluginDescriptor, bool> isInQuestion)
    {
        foreach (var candidate in _candidates.Values.Where(c => c.Objections.Count == 0 && c.Accepted is { } accepted && isInQuestion(accepted.Descriptor))) PrepareAgain(candidate);
    }

    /// <summary>The candidates that turned out to be incomplete since this was last asked.</summary>
    public IReadOnlyList<TrackedCandidate> TakeNewlyIncomplete()
    {
        TrackedCandidate[] taken = [.. _newlyIncomplete];
        _newlyIncomplete.Clear();
        return taken;
    }

    private TrackedCandidate Track(CandidateReadiness readiness)
    {
        if (!_candidates.TryGetValue(readiness.Candidate.Path, out var tracked))
            _candidates[readiness.Candidate.Path] = tracked = new TrackedCandidate(readiness.Candidate.Path, () => Revision++);
        tracked.VanishedAt = null;
        if (readiness.State == ReadinessState.Incomplete)
        {
            if (tracked.Readiness != ReadinessState.Incomplete) _newlyIncomplete.Add(tracked);
            tracked.Incompleteness = readiness.Findings;
        }
        else if (readiness.State == ReadinessState.Settled)
        {
            tracked.Incompleteness = [];
        }

        (tracked.Readiness, tracked.SeenFingerprint) = (readiness.State, readiness.Candidate.Fingerprint);
        LookAt(readiness.LookAgainAt);
        return tracked;
    }

    /// <summary>A candidate that vanished stays for the removal grace: it may come back as its next version.</summary>
    private void ForgetVanished(HashSet<string> seen)
    {
        var now = clock.GetUtcNow();
        foreach (var gone in _candidates.Values.Where(c => !seen.Contains(c.Path)).ToList())
        {
            gone.VanishedAt ??= now;
            if (now - gone.VanishedAt >= options.RemovalGrace && !gone.IsPreparing) Forget(gone);
            else LookAt(gone.VanishedAt + options.RemovalGrace);
        }
    }

    private void Forget(TrackedCandidate gone)
    {
        _candidates.Remove(gone.Path);
        Revision++;
        PrepareRivals(gone, isGone: true);
    }

    private void LookAt(DateTimeOffset? at)
    {
        if (at is not null && (LookAgainAt is null || at < LookAgainAt)) LookAgainAt = at;
    }
}
