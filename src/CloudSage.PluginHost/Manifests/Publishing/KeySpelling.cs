namespace CloudSage.PluginHost.Manifests.Publishing;

/// <summary>The spellings in which a key is understood, see <see cref="MapShape.Canonical"/>: hyphen or underscore, singular or plural.</summary>
internal static class KeySpelling
{
    /// <summary>A pattern for all spellings but those of the key itself; null where there is only the one.</summary>
    public static string? Pattern(string key)
    {
        var others = All(key).Where(spelling => spelling != key).ToList();
        return others.Count == 0 ? null : $"^(?:{string.Join('|', others.Select(System.Text.RegularExpressions.Regex.Escape))})$";
    }

    /// <summary>The spellings of a key, the canonical one first.</summary>
    public static IReadOnlyList<string> All(string key)
    {
        var singular = key.EndsWith("ies", StringComparison.Ordinal) ? key[..^3] + "y" : key.EndsWith('s') ? key[..^1] : key;
        var plural = singular.EndsWith('y') ? singular[..^1] + "ies" : singular;
        string[] forms = [key, singular, plural, singular + "s"];
        // "$schema" is a word of JSON Schema, not one of ours.
        return [.. (key.StartsWith('$') ? [key] : forms).SelectMany(WithHyphens).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Each underscore may be a hyphen.</summary>
    private static IEnumerable<string> WithHyphens(string key)
    {
        var at = key.IndexOf('_', StringComparison.Ordinal);
        if (at < 0) return [key];
        var rest = WithHyphens(key[(at + 1)..]).ToList();
        return rest.Select(end => $"{key[..at]}_{end}").Concat(rest.Select(end => $"{key[..at]}-{end}"));
    }
}
