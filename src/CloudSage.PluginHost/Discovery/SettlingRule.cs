namespace CloudSage.PluginHost.Discovery;

/// <summary>
/// Decides when a candidate is complete, from snapshot to snapshot. Cheap while things change: the files are looked into only once they are quiet, and
/// once for each of their states.
/// </summary>
internal sealed class SettlingRule(DiscoveryOptions options, CompletenessCheck check, TimeProvider time)
{
    private const int PausesToWait = 4;
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, Observation> _observations = new(PathBoundary.Comparer);

    /// <summary>Judges every candidate of the snapshot, and forgets those that are no longer in it.</summary>
    public IReadOnlyList<CandidateReadiness> Observe(FolderSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        var present = snapshot.Candidates.Select(static c => c.Path).ToHashSet(PathBoundary.Comparer);
        foreach (var gone in _observations.Keys.Where(p => !present.Contains(p)).ToList())
            _observations.Remove(gone);
        return [.. snapshot.Candidates.Select(c => Judge(c, cancellationToken))];
    }

    private CandidateReadiness Judge(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var observation = Remember(candidate, now);

        // Quiet for as long as we watched it, or as long as its files' times say.
        var quiet = Later(now - observation.Since, now - candidate.LastChange);
        if (quiet < options.SettleWindow)
            return new(candidate, ReadinessState.Settling, [], now + (options.SettleWindow - quiet));

        var firstLook = observation.Findings is null;
        try
        {
            observation.Findings ??= HasErrors(candidate.Findings) ? candidate.Findings : [.. candidate.Findings, .. check.Check(candidate, cancellationToken)];
        }
        catch (UnauthorizedAccessException e)
        {
            // Deleted but held open, or out of our account's reach; nothing signals when that ends, so the answer is not kept.
            return Rest(candidate, quiet, now, [Finding.Error(DiscoveryCodes.FileUnreadable, e.Message, "Give the host's account read access.")]);
        }
        catch (IOException e)
        {
            // Locked, or replaced since the scan: somebody is at work. The longer it lasts, the less often we look.
            var pause = Later(now - observation.Since, options.SettleWindow);
            return new(
                candidate, ReadinessState.Settling, [Finding.Warning(DiscoveryCodes.FileInUse, e.Message, "Wait until the copy has ended.")],
                now + (pause < LongestRetry ? pause : LongestRetry));
        }

        if (!HasErrors(observation.Findings))
            return Whole(candidate, observation, quiet, now);

        // Files may have been written to between the scan and the look. Only another scan that still sees the same shows that they were not.
        return firstLook && quiet >= options.IncompleteGrace
            ? new(candidate, ReadinessState.Settling, observation.Findings, now + options.SettleWindow)
            : Rest(candidate, quiet, now, observation.Findings);
    }

    /// <summary>It looks whole. Where it may be so by chance, only time tells.</summary>
    private CandidateReadiness Whole(PluginCandidate candidate, Observation observation, TimeSpan quiet, DateTimeOffset now)
    {
        var findings = observation.Findings!;
        if (quiet >= options.IncompleteGrace || observation.IsSettled)
            return Settled();
        if (MayLack(findings))
            return new(candidate, ReadinessState.Settling, findings, now + (options.IncompleteGrace - quiet));
        try
        {
            // Nothing signals that a file is closed, so it is looked at again and again.
            if (CopySigns.Any(candidate))
                return new(candidate, ReadinessState.Settling, findings, now + Earlier(options.IncompleteGrace - quiet, options.SettleWindow));
            var patience = Patience(candidate, observation);
            if (quiet < patience)
                return new(candidate, ReadinessState.Settling, findings, now + (patience - quiet));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Locked, or replaced since the scan, as above.
            return new(candidate, ReadinessState.Settling, findings, now + options.SettleWindow);
        }

        return Settled();

        CandidateReadiness Settled()
        {
            observation.IsSettled = true;
            return new(candidate, ReadinessState.Settled, findings, null);
        }
    }

    /// <summary>
    /// A manifest that is cut may read as a whole one. Where it is what was written last of a copy that was seen under way, it must rest for longer than that
    /// copy was seen to pause.
    /// </summary>
    private TimeSpan Patience(PluginCandidate candidate, Observation observation)
    {
        if (!observation.FollowsAnother || !CopySigns.IsManifestLast(candidate)) return options.SettleWindow;
        var pauses = CopySigns.IsManifestCut(candidate) ? Later(observation.LongestPause, options.SettleWindow) : observation.LongestPause;
        return Earlier(Later(pauses * PausesToWait, options.SettleWindow), options.IncompleteGrace);
    }

    private CandidateReadiness Rest(PluginCandidate candidate, TimeSpan quiet, DateTimeOffset now, IReadOnlyList<Finding> findings)
        => quiet < options.IncompleteGrace
            ? new(candidate, ReadinessState.Settling, findings, now + (options.IncompleteGrace - quiet))
            : new(candidate, ReadinessState.Incomplete, findings, null);

    private Observation Remember(PluginCandidate candidate, DateTimeOffset now)
    {
        if (!_observations.TryGetValue(candidate.Path, out var known) || known.Fingerprint != candidate.Fingerprint)
            _observations[candidate.Path] = known = new Observation(candidate.Fingerprint, now) 
            {
                LongestPause = PauseBefore(known, now),
                FollowsAnother = known is not null,
            };
        else if (known.Since > now)
            known.Since = now; // The clock was set back.
        return known;
    }

    /// <summary>The longest pause of the copy that goes on; none where what was there had settled, for then another has begun.</summary>
    private TimeSpan PauseBefore(Observation? earlier, DateTimeOffset now)
        => earlier is null || earlier.IsSettled || now - earlier.Since >= options.IncompleteGrace ? TimeSpan.Zero : Later(earlier.LongestPause, now - earlier.Since);

    private static bool HasErrors(IReadOnlyList<Finding> findings) => findings.Any(static f => f.Severity == FindingSeverity.Error);

    /// <summary>Whether it may be whole or not: then only time tells.</summary>
    private static bool MayLack(IReadOnlyList<Finding> findings) => findings.Any(static f => f.Code == DiscoveryCodes.ReferenceMissing);

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private sealed class Observation(string fingerprint, DateTimeOffset since)
    {
        public string Fingerprint { get; } = fingerprint;

        public DateTimeOffset Since { get; set; } = since;

        /// <summary>The longest time that the copy was seen to rest before this state.</summary>
        public TimeSpan LongestPause { get; init; }

        /// <summary>Whether another state was seen before.</summary>
        public bool FollowsAnother { get; init; }

        /// <summary>Whether this state was once found complete: nothing else is asked of it from then on.</summary>
        public bool IsSettled { get; set; }

        /// <summary>What the look into its files brought; null until it was done.</summary>
        public IReadOnlyList<Finding>? Findings { get; set; }
    }
}
