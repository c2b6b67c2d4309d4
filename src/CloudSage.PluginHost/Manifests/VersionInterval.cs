using NuGet.Versioning;

namespace CloudSage.PluginHost.Manifests;

/// <summary>The versions between two bounds, either of which may be missing.</summary>
internal sealed record VersionInterval(
    SemanticVersion? Least = null, bool LeastIncluded = true, SemanticVersion? Greatest = null, bool GreatestIncluded = false)
{
    /// <summary>Whether no version lies within.</summary>
    public bool IsEmpty => Least is not null && Greatest is not null
        && Least.CompareTo(Greatest) is var order && (order > 0 || (order == 0 && !(LeastIncluded && GreatestIncluded)));

    public bool Contains(SemanticVersion version) => IsAboveLeast(version) && IsBelowGreatest(version);

    /// <summary>What lies in both.</summary>
    public VersionInterval Intersect(VersionInterval other)
    {
        var (least, leastIncluded) = Tighter(Least, LeastIncluded, other.Least, other.LeastIncluded, 1);
        var (greatest, greatestIncluded) = Tighter(Greatest, GreatestIncluded, other.Greatest, other.GreatestIncluded, -1);
        return new VersionInterval(least, leastIncluded, greatest, greatestIncluded);
    }

    private bool IsAboveLeast(SemanticVersion version)
        => Least is null || version.CompareTo(Least) is var order && (order > 0 || (order == 0 && LeastIncluded));

    private bool IsBelowGreatest(SemanticVersion version)
    {
        if (Greatest is null) return true;
        var order = version.CompareTo(Greatest);
        if (order == 0) return GreatestIncluded;
        // Who writes <2 does not mean 2.0.0-beta, though it precedes 2.0.0.
        return order < 0 && !(!GreatestIncluded && !Greatest.IsPrerelease && version.IsPrerelease && IsSameRelease(version, Greatest));
    }

    private static bool IsSameRelease(SemanticVersion a, SemanticVersion b) => a.Major == b.Major && a.Minor == b.Minor && a.Patch == b.Patch;

    private static (SemanticVersion?, bool) Tighter(SemanticVersion? a, bool aIncluded, SemanticVersion? b, bool bIncluded, int sign)
    {
        if (a is null) return (b, bIncluded);
        if (b is null) return (a, aIncluded);
        return (sign * a.CompareTo(b)) switch
        {
            > 0 => (a, aIncluded),
            < 0 => (b, bIncluded),
            _ => (a, aIncluded && bIncluded),
        };
    }
}
