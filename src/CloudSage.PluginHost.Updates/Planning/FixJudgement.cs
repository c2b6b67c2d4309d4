using CloudSage.PluginHost.Advisories;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>What another version of a plugin would change about its vulnerabilities.</summary>
/// <param name="Mended">What would be gone.</param>
/// <param name="Remaining">What would affect it still.</param>
/// <param name="IsSafe">Whether nothing new would affect it, and nothing of it would be unknown that is known now.</param>
internal sealed record FixJudgement(IReadOnlyList<AdvisoryMatch> Mended, IReadOnlyList<AdvisoryMatch> Remaining, bool IsSafe)
{
    private const int MostNames = 3;

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

    /// <summary>Why the version is no fix; null where it is one.</summary>
    /// <param name="installed">What is said of the installed version.</param>
    /// <param name="candidate">What is said of this one.</param>
    public string? WhyNoFix(AdvisoryReport installed, AdvisoryReport candidate)
        => IsFix ? null
            : Mended.Count == 0 && Remaining.Count > 0 ? $"still affected by {Names(Remaining)}"
            : candidate.Matches.Where(m => !installed.Matches.Any(other => IsSame(m, other))).ToArray() is { Length: > 0 } added ? $"affected by {Names(added)} instead"
            : "less can be told of it than of the installed one";

    private static string Names(IReadOnlyCollection<AdvisoryMatch> matches)
        => string.Join(", ", matches.Take(MostNames).Select(static m => m.Ids[0])) + (matches.Count > MostNames ? $" and {matches.Count - MostNames} more" : string.Empty);

    private static bool IsSame(AdvisoryMatch one, AdvisoryMatch other)
        => one.Package.Ecosystem == other.Package.Ecosystem && one.Package.Name.Equals(other.Package.Name, StringComparison.OrdinalIgnoreCase)
            && one.Ids.Intersect(other.Ids, StringComparer.OrdinalIgnoreCase).Any();
}
