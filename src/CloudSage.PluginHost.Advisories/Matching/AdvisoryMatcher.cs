using CloudSage.PluginHost.Advisories.Records;
using CloudSage.PluginHost.Advisories.Versions;

namespace CloudSage.PluginHost.Advisories.Matching;

/// <summary>Whether a package is affected by an advisory.</summary>
internal static class AdvisoryMatcher
{
    /// <summary>Looks a package up in the advisories that name it.</summary>
    /// <param name="package">The package.</param>
    /// <param name="advisories">The advisories that name it.</param>
    /// <param name="unresolved">Takes what cannot be told, as sentences.</param>
    /// <returns>What it is affected by, one for each vulnerability.</returns>
    public static IReadOnlyList<AdvisoryMatch> Match(ResolvedPackage package, IEnumerable<Advisory> advisories, UnresolvedSentences unresolved)
    {
        var key = PackageKey.Of(package.Ecosystem, package.Name);
        var order = VersionOrders.Of(package.Ecosystem);
        var version = order.Read(package.Version);
        var matches = new List<AdvisoryMatch>();
        foreach (var advisory in advisories)
        {
            var own = advisory.Affected.Where(a => a.Package == key).ToList();
            if (own.Count == 0) continue;
            if (version is null)
            {
                unresolved.Add($"'{package.Version}' of {package.Name} ({package.Source}) is no version of {package.Ecosystem}, and {advisory.Id} may concern it.");
                continue;
            }

            var ranges = own.SelectMany(static a => a.Ranges).Select(events => AffectedRange.Read(events, order)).ToList();
            var affected = own.Any(a => a.Versions.Any(listed => Equal(order, version, package.Version, listed))) || ranges.Any(range => range?.Holds(version) == true);
            if (affected) matches.Add(new AdvisoryMatch(package, [advisory.Id, .. advisory.Aliases], advisory.Severity, advisory.Summary, FixedIn(ranges, version)));
            else if (ranges.Contains(null)) unresolved.Add($"A range of {advisory.Id} cannot be read, and it may concern {package}.");
        }

        return MatchMerge.ByAlias(matches, order);
    }

    private static bool Equal(IVersionOrder order, IComparable version, string text, string listed)
        => text == listed || (order.Read(listed) is { } other && version.CompareTo(other) == 0);

    /// <summary>The lowest fix that is itself not affected by another range of the same record.</summary>
    private static string? FixedIn(List<AffectedRange?> ranges, IComparable version)
    {
        var at = version;
        string? text = null;
        while (ranges.FirstOrDefault(range => range?.Holds(at) == true) is { } holding)
        {
            if (holding.FixAbove(at) is not var (next, name)) return null;
            (at, text) = (next, name);
        }

        return text;
    }
}
