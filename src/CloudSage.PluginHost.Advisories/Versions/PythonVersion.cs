using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Advisories.Versions;

/// <summary>
/// A version by <see href="https://peps.python.org/pep-0440/">PEP 440</see>: epoch, release, and pre-, post-, development and local parts, in all the spellings
/// that it normalises.
/// </summary>
internal sealed partial class PythonVersion : IComparable
{
    private const int Longest = 256;

    private readonly BigInteger _epoch;
    private readonly BigInteger[] _release;
    private readonly (int Rank, BigInteger Number) _pre;
    private readonly BigInteger _post;
    private readonly BigInteger? _development;
    private readonly string[]? _local;

    private PythonVersion(Match match)
    {
        _epoch = Number(match.Groups["epoch"]);
        _release = [.. match.Groups["release"].Value.Split('.').Select(Number)];
        // Trailing zeros do not count: 1.0 is 1.0.0.
        var length = _release.Length;
        while (length > 1 && _release[length - 1].IsZero) length--;
        _release = _release[..length];
        _post = match.Groups["post"].Success ? Number(match.Groups["postNumber"].Success ? match.Groups["postNumber"] : match.Groups["postImplicit"]) : BigInteger.MinusOne;
        _development = match.Groups["dev"].Success ? Number(match.Groups["devNumber"]) : null;
        _pre = Pre(match);
        _local = match.Groups["local"].Success ? match.Groups["local"].Value.Split('.', '-', '_') : null;
    }

    /// <summary>Reads a version; null where the text is none.</summary>
    public static PythonVersion? Parse(string text)
        => text.Length <= Longest && Pattern.Match(text) is { Success: true } match ? new PythonVersion(match) : null;

    public int CompareTo(object? obj)
    {
        if (obj is not PythonVersion other) return 1;
        var order = _epoch.CompareTo(other._epoch);
        if (order == 0) order = CompareReleases(_release, other._release);
        if (order == 0) order = _pre.CompareTo(other._pre);
        if (order == 0) order = _post.CompareTo(other._post);
        if (order == 0) order = CompareDevelopment(_development, other._development);
        return order == 0 ? CompareLocal(_local, other._local) : order;
    }

    /// <summary>A development release comes before all pre-releases of its release, a release without either after them.</summary>
    private (int Rank, BigInteger Number) Pre(Match match)
    {
        if (!match.Groups["pre"].Success) return (_development is not null && _post < 0 ? 0 : 4, BigInteger.Zero);
        var rank = match.Groups["preKind"].Value.ToUpperInvariant() switch { "A" or "ALPHA" => 1, "B" or "BETA" => 2, _ => 3 };
        return (rank, Number(match.Groups["preNumber"]));
    }

    private static int CompareReleases(BigInteger[] left, BigInteger[] right)
    {
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = (i < left.Length ? left[i] : BigInteger.Zero).CompareTo(i < right.Length ? right[i] : BigInteger.Zero);
            if (order != 0) return order;
        }

        return 0;
    }

    private static int CompareDevelopment(BigInteger? left, BigInteger? right)
        => (left, right) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            ({ } l, { } r) => l.CompareTo(r),
        };

    /// <summary>A local version comes after the public one; its numbers after its words.</summary>
    private static int CompareLocal(string[]? left, string[]? right)
    {
        if (left is null || right is null) return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var numbers = (BigInteger.TryParse(left[i], NumberStyles.None, CultureInfo.InvariantCulture, out var l), BigInteger.TryParse(right[i], NumberStyles.None, CultureInfo.InvariantCulture, out var r));
            var order = numbers switch
            {
                (true, true) => l.CompareTo(r),
                (true, false) => 1,
                (false, true) => -1,
                _ => string.Compare(left[i], right[i], StringComparison.OrdinalIgnoreCase),
            };
            if (order != 0) return order;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static BigInteger Number(Group group) => group.Success ? Number(group.Value) : BigInteger.Zero;

    private static BigInteger Number(string digits) => digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """
        ^\s*v?
        (?:(?<epoch>[0-9]+)!)?
        (?<release>[0-9]+(?:\.[0-9]+)*)
        (?<pre>[-_.]?(?<preKind>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>[0-9]+)?)?
        (?<post>-(?<postImplicit>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>[0-9]+)?)?
        (?<dev>[-_.]?dev[-_.]?(?<devNumber>[0-9]+)?)?
        (?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?
        \s*$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern { get; }
}
