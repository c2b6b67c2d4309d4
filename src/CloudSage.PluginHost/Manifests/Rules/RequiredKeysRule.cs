namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Required keys are there and not empty, in the manifest and in each entry of its lists.</summary>
internal sealed class RequiredKeysRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from map in document.All.OfType<ManifestMap>()
           from key in map.Shape?.Required ?? []
           where IsMissing(map, key)
           select Missing(document, map, key);

    private static bool IsMissing(ManifestMap map, string key) => !map.Has(key) || map.Text(key) is { } text && text.AsSpan().IsWhiteSpace();

    private static Finding Missing(ManifestDocument document, ManifestMap map, string key)
    {
        var path = map.Path.Length == 0 ? key : $"{map.Path}.{key}";
        return document.Locations.TryGetValue(path, out var empty)
            ? Finding.Error(ManifestCodes.MissingKey, $"{path} is required, but empty.", $"Write a value after '{key}:'.", empty)
            : Finding.Error(ManifestCodes.MissingKey, $"{path} is required, but missing.", $"Add a line '{key}: ...'.", map.At);
    }
}
