using CloudSage.PluginHost.Advisories.Versions;

namespace CloudSage.PluginHost.Advisories.Matching;

/// <summary>Makes one of several records about the same vulnerability: those that share an id or an alias.</summary>
internal static class MatchMerge
{
    public static IReadOnlyList<AdvisoryMatch> ByAlias(IReadOnlyList<AdvisoryMatch> matches, IVersionOrder order)
    {
        var merged = new List<AdvisoryMatch>();
        foreach (var match in matches)
        {
            var one = match;
            // A record may join two that had nothing in common before it.
            for (var i = merged.Count - 1; i >= 0; i--)
            {
                if (!merged[i].Ids.Intersect(one.Ids, StringComparer.OrdinalIgnoreCase).Any()) continue;
                one = Merge(merged[i], one, order);
                merged.RemoveAt(i);
            }

            merged.Add(one);
        }

        return merged;
    }

    private static AdvisoryMatch Merge(AdvisoryMatch left, AdvisoryMatch right, IVersionOrder order) => left with
    {
        Ids = [.. left.Ids.Union(right.Ids, StringComparer.OrdinalIgnoreCase)],
        Severity = (AdvisorySeverity)Math.Max((int)left.Severity, (int)right.Severity),
        Summary = left.Summary.Length > 0 ? left.Summary : right.Summary,
        // All of them must be content, so the later fix counts; one without a fix leaves none.
        FixedIn = left.FixedIn is { } l && right.FixedIn is { } r ? (order.Read(l)!.CompareTo(order.Read(r)) >= 0 ? l : r) : null,
    };
}
