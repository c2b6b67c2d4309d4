using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>
/// Examines again what came in, or was refused, when a check says that it may judge otherwise now. What serves goes on serving meanwhile; nothing is loaded anew
/// for a judgement. For the coordinator's loop alone.
/// </summary>
internal sealed class CandidateReview(
    CandidateTracker tracker, PluginChecks checks, PluginOperations operations, CoordinatorMailbox mailbox, PluginRegister register, PluginReporter reporter)
{
    /// <summary>Begins to listen to the checks.</summary>
    /// <returns>What ends it when disposed.</returns>
    public IReadOnlyList<IDisposable> Listen(CancellationToken stopping) => checks.OnChange(step => mailbox.Post(() => Begin(step, stopping)));

    /// <summary>Goes on with a candidate whose preparation or review has ended: what changed meanwhile, it may have been judged without.</summary>
    public void Continue(TrackedCandidate candidate, CancellationToken stopping)
    {
        if (candidate.ToReview.Count == 0 || candidate.IsPreparing || candidate.IsReviewing || register.IsStopping) return;
        RegistrationStep[] steps = [.. candidate.ToReview.Order()];
        candidate.ToReview.Clear();
        // What was refused has nothing in the store, so it takes the whole way in.
        if (candidate.Objections.Count > 0) tracker.PrepareAgain(candidate);
        if (candidate.Accepted is not { } accepted) return;
        candidate.IsReviewing = true;
        mailbox.Launch(async () =>
        {
            var review = await operations.ReviewAsync(accepted, steps, stopping).ConfigureAwait(false);
            return () =>
            {
                candidate.IsReviewing = false;
                // Other content that was accepted meanwhile was judged by itself.
                if (review is not null && ReferenceEquals(candidate.Accepted, accepted)) Judge(candidate, accepted.Descriptor, review);
                Continue(candidate, stopping);
            };
        });
    }

    /// <summary>Grants have changed: what the checks make of them is asked anew.</summary>
    /// <param name="plugins">The plugins; null for all.</param>
    /// <param name="stopping">Ends it.</param>
    public void BeginFor(IReadOnlySet<string>? plugins, CancellationToken stopping)
    {
        // What is being prepared may turn out to be any plugin, and may have been judged by the old grants.
        foreach (var candidate in tracker.All.Where(c => c.IsPreparing || plugins?.Contains(c.Name) != false))
        {
            candidate.ToReview.UnionWith(checks.Steps);
            Continue(candidate, stopping);
        }
    }

    /// <summary>Refuses what was kept only because it served, and serves no more: it must not start again unexamined.</summary>
    public void EndKept()
    {
        // While the host stops nothing starts, and the next run judges for itself.
        if (register.IsStopping) return;
        foreach (var candidate in tracker.All)
        {
            if (candidate.Accepted is { IsKept: true } kept && !Serves(kept.Descriptor)) Refuse(candidate, kept.Descriptor.Name, kept.Findings);
        }
    }

    private void Begin(RegistrationStep step, CancellationToken stopping)
    {
        foreach (var candidate in tracker.All)
        {
            candidate.ToReview.Add(step);
            Continue(candidate, stopping);
        }
    }

    private void Judge(TrackedCandidate candidate, PluginDescriptor plugin, PluginReview review)
    {
        var serves = Serves(plugin);
        if (review.IsRefused && (review.Withdraws || !serves))
        {
            if (serves) Withdraw(candidate, plugin, review.Findings);
            else Refuse(candidate, plugin.Name, review.Findings);
            return;
        }

        var judged = review.IsRefused ? review.Plugin.Kept() : review.Plugin;
        if (judged.Descriptor.Warnings.SequenceEqual(plugin.Warnings)) return;
        candidate.Accepted = judged;
        if (serves) reporter.Reviewed(plugin.Name, plugin.Manifest.Version, judged.Descriptor.Warnings);
    }

    private void Withdraw(TrackedCandidate candidate, PluginDescriptor plugin, IReadOnlyList<Finding> findings)
    {
        candidate.Refuse(plugin.Name, findings);
        reporter.Withdrawn(plugin.Name, plugin.Manifest.Version, findings);
    }

    private void Refuse(TrackedCandidate candidate, string plugin, IReadOnlyList<Finding> findings)
    {
        candidate.Refuse(plugin, findings);
        reporter.Refused(plugin, register.Live.GetValueOrDefault(plugin)?.Running?.Descriptor.Manifest.Version, findings);
    }

    /// <summary>Whether that content serves, or is about to.</summary>
    private bool Serves(PluginDescriptor plugin) => register.Live.TryGetValue(plugin.Name, out var instance)
        && (instance.Operation == PluginOperation.Starting || (instance.Operation != PluginOperation.Retiring && instance.Running?.Descriptor.Hash == plugin.Hash));
}
