namespace CloudSage.PluginHost.Manifests;

/// <summary>Finds the name that someone probably meant.</summary>
internal static class NearestName
{
    private const int LongestCompared = 64;

    /// <summary>The nearest of the known names, or null where none is near.</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestCompared) return null;

        var plain = Plain(written);
        var allowed = Math.Max(1, plain.Length / 3);
        return known
            .Select(name => (name, distance: Distance(plain, Plain(name))))
            .Where(near => near.distance <= allowed && near.distance < Plain(near.name).Length)
            .OrderBy(static near => near.distance)
            .ThenBy(static near => near.name, StringComparer.Ordinal)
            .Select(static near => near.name)
            .FirstOrDefault();
    }

    /// <summary>A sentence that offers the nearest name, or else the list of all.</summary>
    public static string Suggest(string written, IReadOnlyCollection<string> known)
        => Find(written, known) is { } near ? $"Did you mean '{near}'?" : $"Write one of: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";

    /// <summary>A name without what people vary: case, hyphens and underscores.</summary>
    public static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Damerau-Levenshtein (optimal string alignment): insertions, deletions, substitutions and swaps of neighbours.</summary>
    internal static int Distance(string a, string b)
    {
        var beforeLast = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }
}
