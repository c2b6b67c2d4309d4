namespace CloudSage.PluginHost.Manifests;

/// <summary>The manifest in canonical form, as the rules see it.</summary>
/// <param name="Root">The manifest's own keys.</param>
/// <param name="Locations">Where every key stands, by path.</param>
internal sealed record ManifestDocument(ManifestMap Root, IReadOnlyDictionary<string, FindingLocation> Locations)
{
    /// <summary>Every node, in the order of writing.</summary>
    public IEnumerable<ManifestNode> All => Walk(Root);

    public FindingLocation Locate(string path) => Locations.GetValueOrDefault(path, Root.At);

    private static IEnumerable<ManifestNode> Walk(ManifestNode node)
    {
        IEnumerable<ManifestNode> children = node switch
        {
            ManifestMap map => map.Entries.Values,
            ManifestList list => list.Items,
            _ => [],
        };
        return children.SelectMany(Walk).Prepend(node);
    }
}
