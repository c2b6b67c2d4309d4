using CloudSage.PluginHost.Advisories.Records;
using CloudSage.PluginHost.Advisories.Versions;

namespace CloudSage.PluginHost.Advisories.Matching;

/// <summary>One range of a record, in the order of its ecosystem, evaluated as the <see href="https://ossf.github.io/osv-schema/#evaluation">OSV schema</see> says.</summary>
internal sealed class AffectedRange
{
    private readonly List<Point> _points;

    private AffectedRange(List<Point> points) => _points = points;

    /// <summary>Sorts the events of a range; null where one of their versions cannot be read, so that nothing can be said.</summary>
    public static AffectedRange? Read(IReadOnlyList<RangeEvent> events, IVersionOrder order)
    {
        var points = new List<Point>(events.Count);
        foreach (var e in events)
        {
            // "0" is before every version, whatever the ecosystem.
            var version = e is { Kind: RangeEventKind.Introduced, Version: "0" } ? null : order.Read(e.Version);
            if (version is null && e is not { Kind: RangeEventKind.Introduced, Version: "0" }) return null;
            points.Add(new Point(e.Kind, version, e.Version));
        }

        points.Sort(static (a, b) => a.CompareTo(b));
        return new AffectedRange(points);
    }

    /// <summary>Whether a version is affected.</summary>
    public bool Holds(IComparable version)
    {
        var affected = false;
        foreach (var point in _points)
        {
            var order = point.Version is null ? 1 : version.CompareTo(point.Version);
            affected = point.Kind switch
            {
                RangeEventKind.Introduced when order >= 0 => true,
                RangeEventKind.Fixed when order >= 0 => false,
                RangeEventKind.LastAffected when order > 0 => false,
                _ => affected,
            };
        }

        return affected;
    }

    /// <summary>The first version above the given one that is named as fixed.</summary>
    public (IComparable Version, string Text)? FixAbove(IComparable version)
    {
        foreach (var point in _points)
        {
            if (point is { Kind: RangeEventKind.Fixed, Version: { } end } && version.CompareTo(end) < 0) return (end, point.Text);
        }

        return null;
    }

    private readonly record struct Point(RangeEventKind Kind, IComparable? Version, string Text) : IComparable<Point>
    {
        public int CompareTo(Point other) => (Version, other.Version) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            ({ } left, { } right) => left.CompareTo(right),
        };
    }
}
