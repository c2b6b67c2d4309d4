namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Finds entries of a list that stand for the same thing.</summary>
internal static class Duplicates
{
    public static IEnumerable<Finding> Find(IEnumerable<ManifestScalar> names, string what, StringComparer comparer, Func<string, string>? canonical = null)
    {
        var seen = new Dictionary<string, ManifestScalar>(comparer);
        foreach (var name in names)
        {
            var key = canonical is null ? name.Text : canonical(name.Text);
            if (seen.TryAdd(key, name)) continue;
            var first = seen[key].At;
            yield return Finding.Error(
                ManifestCodes.DuplicateEntry,
                $"{what} {ShownText.Quote(name.Text)} is already at line {first.Line}, column {first.Column}.",
                "Keep one of the two.",
                name.At);
        }
    }
}
