using CloudSage.PluginHost.NuGet;

namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>The versions that were not taken, by the reason: a sentence that stays short however many there are.</summary>
internal sealed class PassedOverVersions
{
    /// <summary>Of those with the same reason, the highest are named.</summary>
    private const int MostNamed = 3;

    private const int MostReasons = 6;

    private readonly List<(string Why, List<string> Versions)> _reasons = [];

    /// <summary>Whether there are some, and each has a finding of its own.</summary>
    public bool AreToldElsewhere { get; private set; }

    /// <param name="versions">The versions, ascending.</param>
    /// <param name="why">Why they were not taken, as what is said of one.</param>
    /// <param name="isToldElsewhere">Whether there is a finding of its own about it.</param>
    public void Add(IEnumerable<string> versions, string why, bool isToldElsewhere = false)
    {
        AreToldElsewhere = isToldElsewhere && (AreToldElsewhere || _reasons.Count == 0);
        var known = _reasons.FirstOrDefault(r => r.Why == why).Versions;
        if (known is null) _reasons.Add((why, known = []));
        known.AddRange(versions);
    }

    /// <summary>Those that were not even looked at.</summary>
    public void Add(IEnumerable<PassedOverVersion> versions)
    {
        foreach (var same in versions.GroupBy(static v => v.Why)) Add(same.Select(static v => v.Version), Why(same.Key), AreToldElsewhere);
    }

    public override string ToString() => _reasons.Count == 0 ? "its source has no higher one"
        : string.Join("; ", _reasons.Take(MostReasons).Select(static r => $"{Named(r.Versions)} ({r.Why})")) + (_reasons.Count > MostReasons ? $"; {_reasons.Skip(MostReasons).Sum(static r => r.Versions.Count)} more" : string.Empty);

    private static string Named(List<string> versions)
        => string.Join(", ", versions.TakeLast(MostNamed)) + (versions.Count > MostNamed ? $" and {versions.Count - MostNamed} below" : string.Empty);

    private static string Why(VersionObstacle obstacle) => obstacle switch
    {
        VersionObstacle.Prerelease => "a prerelease",
        VersionObstacle.Unlisted => "unlisted",
        _ => "out of the range",
    };
}
