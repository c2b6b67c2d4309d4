using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace CloudSage.PluginHost.Manifests;

/// <summary>
/// A range of versions as manifests write it: comparators (<c>&gt;=1.0 &lt;2</c>, <c>||</c> for alternatives), <c>^1.2</c>, <c>~1.2.3</c>, <c>1.x</c>, an
/// exact version, <c>*</c>, or NuGet's brackets (<c>[1.0,2.0)</c>). Prereleases are in by their precedence, save those of an excluded upper bound.
/// </summary>
internal sealed partial class PluginVersionRange
{
    private readonly string _text;
    private readonly IReadOnlyList<VersionInterval> _intervals;

    private PluginVersionRange(string text, IReadOnlyList<VersionInterval> intervals)
    {
        _text = text;
        _intervals = intervals;
    }

    /// <summary>Every version.</summary>
    public static PluginVersionRange Any { get; } = new("*", [new VersionInterval()]);

    public bool Contains(SemanticVersion version) => _intervals.Any(interval => interval.Contains(version));

    public override string ToString() => _text;

    /// <summary>Reads a range; false where the text is none, or where no version could ever be in it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PluginVersionRange? range)
    {
        range = null;
        if (text is null or { Length: 0 or > 256 }) return false;

        var intervals = new List<VersionInterval>();
        foreach (var alternative in text.Split("||"))
        {
            if (ParseAlternative(alternative.Trim()) is not { IsEmpty: false } interval) return false;
            intervals.Add(interval);
        }

        range = new PluginVersionRange(text.Trim(), intervals);
        return true;
    }

    private static VersionInterval? ParseAlternative(string text)
    {
        if (text.StartsWith('[') || text.StartsWith('(')) return ParseBrackets(text);

        var all = new VersionInterval();
        var read = 0;
        // Every comparator begins where the one before ended, and the last ends with the text: nothing is passed over.
        for (var comparator = Comparator().Match(text); comparator.Success && comparator.Index == read; comparator = comparator.NextMatch())
        {
            read += comparator.Length;
            if (PartialVersion.TryParse(comparator.Groups["version"].Value) is not { } version) return null;
            if (Interval(comparator.Groups["operator"].Value, version) is not { } interval) return null;
            all = all.Intersect(interval);
        }

        return read > 0 && read == text.Length ? all : null;
    }

    private static VersionInterval? Interval(string comparator, PartialVersion version) => comparator switch
    {
        ">=" => new(version.Floor),
        ">" when version.IsComplete => new(version.Floor, LeastIncluded: false),
        ">" => version.Next is { } next ? new(next) : null,
        "<" => version.Major is null ? null : new(Greatest: version.Floor),
        "<=" when version.IsComplete => new(Greatest: version.Floor, GreatestIncluded: true),
        "<=" => new(Greatest: version.Next),
        "^" => new(version.Floor, Greatest: Breaking(version)),
        "~" => new(version.Floor, Greatest: version with { Patch = null } is var minor ? minor.Next : null),
        _ when version.IsComplete => new(version.Floor, true, version.Floor, true),
        _ => new(version.Floor, Greatest: version.Next),
    };

    // The first number that is not zero is the one whose change breaks; 0.0 and 0 leave it open, so that the last written one counts.
    private static SemanticVersion? Breaking(PartialVersion version) => version switch
    {
        { Major: null } => null,
        { Major: > 0 } or { Minor: null } => new SemanticVersion(version.Major.Value + 1, 0, 0),
        { Minor: > 0 } or { Patch: null } => new SemanticVersion(0, version.Minor.Value + 1, 0),
        _ => new SemanticVersion(0, 0, version.Patch.Value + 1),
    };

    private static VersionInterval? ParseBrackets(string text)
    {
        var match = Brackets().Match(text);
        if (!match.Success) return null;

        var (leastIncluded, greatestIncluded) = (text[0] == '[', text[^1] == ']');
        var (low, high) = (match.Groups["low"].Value, match.Groups["high"].Value);
        var (least, greatest) = (Bound(low), Bound(high));
        if ((low.Length > 0 && least is null) || (high.Length > 0 && greatest is null)) return null;
        if (match.Groups["comma"].Success) return new VersionInterval(least, leastIncluded, greatest, greatestIncluded);
        return least is not null && leastIncluded && greatestIncluded ? new VersionInterval(least, true, least, true) : null;
    }

    private static SemanticVersion? Bound(string text) => text.Contains('*', StringComparison.Ordinal) ? null : PartialVersion.TryParse(text)?.Floor;

    [GeneratedRegex(@"(?<operator>>=|<=|>|<|=|\^|~)?\s*(?<version>[0-9xX*][^\s,<>=^~]*)(?:\s*,\s*|\s*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Comparator();

    [GeneratedRegex(@"\A[\[(]\s*(?<low>[^\s,\[\]()]*)\s*((?<comma>,)\s*(?<high>[^\s,\[\]()]*)\s*)?[\])]\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Brackets();
}
