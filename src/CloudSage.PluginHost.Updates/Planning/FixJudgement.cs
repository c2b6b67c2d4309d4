using CloudSage.PluginHost.Advisories;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>What another version of a plugin would change about its vulnerabilities.</summary>
/// <param name="Mended">What would be gone.</param>
/// <param name="Remaining">What would affect it still.</param>
/// <param name="IsSafe">Whether nothing new would affect it, and nothing of it would be unknown that is known now.</param>
internal sealed record FixJudgement(IReadOnlyList<AdvisoryMatch> Mended, IReadOnlyList<AdvisoryMatch> Remaining, bool IsSafe)
{
    public bool IsFix => IsSafe && Mended.Count > 0;

    /// <summary>The worst of what would be gone decides how urgent it is.</summary>
    public bool IsCritical => Mended.Any(static m => m.Severity == AdvisorySeverity.Critical);

    /// <param name="installed">What is said of the installed version.</param>
    /// <param name="pressing">Those of its vulnerabilities that are to be mended.</param>
    /// <param name="candidate">What is said of the other version.</param>
    public static FixJudgement Of(AdvisoryReport installed, IReadOnlyList<AdvisoryMatch> pressing, AdvisoryReport candidate)
    {
        var remaining = pressing.Where(m => candidate.Matches.Any(other => IsSame(m, other))).ToArray();
        return new FixJudgement(
            [.. pressing.Except(remaining)], remaining,
            // What cannot be looked up may be affected by anything.
            candidate.Matches.All(m => installed.Matches.Any(other => IsSame(m, other))) && candidate.Unresolved.All(u => installed.Unresolved.Contains(u, StringComparer.Ordinal)));
    }

    private static bool IsSame(AdvisoryMatch one, AdvisoryMatch other)
        => one.Package.Ecosystem == other.Package.Ecosystem && one.Package.Name.Equals(other.Package.Name, StringComparison.OrdinalIgnoreCase)
            && one.Ids.Intersect(other.Ids, StringComparer.OrdinalIgnoreCase).Any();
}
