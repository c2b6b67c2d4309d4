using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>The way in: looks at the folders, has complete candidates prepared, and keeps the newest content that is fit to load.</summary>
internal sealed class CandidateIntake(
    CandidateTracker tracker, PluginOperations operations, CoordinatorMailbox mailbox, PluginRegister register, ContentStore store,
    CandidateReview review, PluginReporter reporter, AuditTrail audit, ILogger<CandidateIntake> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private IReadOnlyList<Finding> _reportedDirectoryFindings = [];

    /// <summary>What is fit to load, as it was at that revision of the tracker.</summary>
    private Dictionary<PluginDescriptor, PreparedPlugin>? _accepted;

    private int _acceptedAt;

    public IReadOnlyCollection<TrackedCandidate> Candidates => tracker.All;

    /// <summary>The names of all that is in the plugin directories.</summary>
    public IReadOnlySet<string> Names => tracker.All.Select(static c => c.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>When to look again though nothing signals a change.</summary>
    public DateTimeOffset? LookAgainAt => tracker.LookAgainAt;

    /// <summary>Whether something may still come of a candidate without anybody's doing.</summary>
    public bool IsUnsettled => tracker.All.Any(static c => c.IsUnsettled);

    /// <summary>Whether content was accepted or retired since the store was last cleaned.</summary>
    public bool StoreIsDirty { get; set; } = true;

    /// <summary>Every version that is fit to load: the same collection until that changes.</summary>
    public IReadOnlyCollection<PluginDescriptor> Available => Accepted.Keys;

    public PreparedPlugin Prepared(PluginDescriptor descriptor) => Accepted[descriptor];

    /// <summary>Whether what is there of a plugin is refused, all of it.</summary>
    public bool IsRefused(string plugin) => tracker.All.Any(c => c.Name == plugin && c.Accepted is null && c.Refusal.Count > 0);

    /// <summary>Looks at the plugin directories and begins to prepare what is complete and new.</summary>
    public void Observe(CancellationToken stopping)
    {
        foreach (var (tracked, candidate) in tracker.Observe(CancellationToken.None))
        {
            tracked.IsPreparing = true;
            mailbox.Launch(async () =>
            {
                var preparation = await operations.PrepareAsync(candidate, stopping).ConfigureAwait(false);
                return () =>
                {
                    OnPrepared(tracked, candidate, preparation);
                    review.Continue(tracked, stopping);
                };
            });
        }

        foreach (var incomplete in tracker.TakeNewlyIncomplete()) Refuse(incomplete);
        if (_reportedDirectoryFindings.SequenceEqual(tracker.DirectoryFindings)) return;
        _reportedDirectoryFindings = tracker.DirectoryFindings;
        foreach (var finding in _reportedDirectoryFindings) logger.Found(finding);
    }

    /// <summary>Removes what the store no longer needs.</summary>
    public void CleanStore()
    {
        if (!StoreIsDirty || tracker.All.Any(static c => c.IsPreparing)) return;
        StoreIsDirty = false;
        var serving = register.Live.Values.Select(static i => i.Running?.Descriptor.Hash).OfType<string>();
        var removed = store.RemoveUnused(Available.Select(static p => p.Hash).Concat(serving).ToHashSet(StringComparer.Ordinal));
        if (removed.Count > 0) logger.StoreCleaned(removed.Count);
    }

    private void OnPrepared(TrackedCandidate tracked, PluginCandidate candidate, Preparation preparation)
    {
        tracked.IsPreparing = false;
        if (preparation.Findings.Any(static f => f.Code == StagingCodes.ChangedWhileStaging))
        {
            // Somebody is still writing: look at what it has become.
            tracker.LookAgain(tracked, Pause);
            return;
        }

        var isOvertaken = tracked.IsOvertaken;
        tracked.IsOvertaken = false;
        if (isOvertaken && preparation.Plugin is null)
        {
            // It was held against what no longer counts: nobody needs to hear of that.
            tracker.PrepareAgain(tracked);
            return;
        }

        // A change that was seen meanwhile was left for later, and nothing will signal it again.
        if (tracked.SeenFingerprint != candidate.Fingerprint) tracker.LookAgain(tracked, TimeSpan.Zero);

        tracked.PreparedFingerprint = candidate.Fingerprint;
        tracked.RefusedName = preparation.Name;
        StoreIsDirty = true;
        if (preparation.Plugin is null)
        {
            tracked.Objections = preparation.Findings;
            tracker.PrepareRivals(tracked);
            // What was let in before as it is: the operator has changed what it is judged by.
            if (tracked.Accepted?.Descriptor is { } kept && kept.Hash == preparation.Report.Hash && register.Live.GetValueOrDefault(kept.Name)?.Running?.Descriptor.Hash == kept.Hash) Keep(tracked, kept);
            else Refuse(tracked);
            return;
        }

        var serving = register.Live.GetValueOrDefault(preparation.Plugin.Descriptor.Name)?.Running?.Descriptor;
        // Back to what serves already: nothing starts that would tell it.
        if (tracked.IsToldRefused && serving?.Hash == preparation.Plugin.Descriptor.Hash) reporter.Mended(serving.Name, serving.Manifest.Version);
        (tracked.Accepted, tracked.Objections, tracked.IsToldRefused) = (preparation.Plugin, [], false);
        tracker.PrepareRivals(tracked);
        var admitted = preparation.Plugin.Descriptor;
        audit.Note("admitted", admitted.Name, admitted.Manifest.Version, $"{preparation.Report.Verdict}: {candidate.Path}", hash: admitted.Hash);
        foreach (var warning in preparation.Findings.Where(static f => f.Severity == FindingSeverity.Warning)) logger.Found(warning);
    }

    private Dictionary<PluginDescriptor, PreparedPlugin> Accepted
    {
        get
        {
            if (_accepted is null || _acceptedAt != tracker.Revision)
            {
                _acceptedAt = tracker.Revision;
                _accepted = tracker.All.Select(static c => c.Accepted).OfType<PreparedPlugin>()
                    .ToDictionary<PreparedPlugin, PluginDescriptor>(static p => p.Descriptor, ReferenceEqualityComparer.Instance);
            }

            return _accepted;
        }
    }

    private void Keep(TrackedCandidate refused, PluginDescriptor serving)
    {
        refused.IsToldRefused = true;
        reporter.Kept(serving.Name, serving.Manifest.Version, refused.Refusal);
    }

    private void Refuse(TrackedCandidate refused)
    {
        refused.IsToldRefused = true;
        reporter.Refused(refused.Name, register.Live.GetValueOrDefault(refused.Name)?.Running?.Descriptor.Manifest.Version, refused.Refusal);
    }
}
