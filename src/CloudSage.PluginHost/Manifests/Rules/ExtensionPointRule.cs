namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Extension points are ones that the host has, each named once.</summary>
internal sealed class ExtensionPointRule(KnownNames known) : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        var points = document.Root.ItemsWith("extension_points", "point").Select(static p => p.Value).ToList();
        foreach (var point in points.Where(point => !point.Text.AsSpan().IsWhiteSpace() && known.ExtensionPoint(point.Text) is null))
            yield return Finding.Error(
                ManifestCodes.ExtensionPoint,
                $"The extension point {ShownText.Quote(point.Text)} is unknown.",
                NearestName.Suggest(point.Text, known.ExtensionPoints),
                point.At);
        foreach (var finding in Duplicates.Find(points, "The extension point", StringComparer.Ordinal, NearestName.Plain)) yield return finding;
    }
}
