namespace CloudSage.PluginHost.Discovery;

/// <summary>What one scan of the plugin directories saw.</summary>
/// <param name="Candidates">The candidates, by path.</param>
/// <param name="Findings">Trouble with the directories themselves, such as one that cannot be read.</param>
internal sealed record FolderSnapshot(IReadOnlyList<PluginCandidate> Candidates, IReadOnlyList<Finding> Findings);

/// <summary>Whether a candidate is complete.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="State">How far it is.</param>
/// <param name="Findings">Why it is incomplete.</param>
/// <param name="LookAgainAt">When to look again even if nothing signals a change; null where only a change can alter the answer.</param>
internal sealed record CandidateReadiness(
    PluginCandidate Candidate, ReadinessState State, IReadOnlyList<Finding> Findings, DateTimeOffset? LookAgainAt);

/// <summary>How far a candidate is.</summary>
internal enum ReadinessState
{
    /// <summary>Still changing, or incomplete for so short a time that a copy may be under way.</summary>
    Settling,

    /// <summary>Complete and quiet: ready to be staged.</summary>
    Settled,

    /// <summary>Incomplete and quiet for longer than a copy pauses: reported, not loaded.</summary>
    Incomplete,
}
