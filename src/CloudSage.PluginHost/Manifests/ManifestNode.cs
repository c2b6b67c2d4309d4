namespace CloudSage.PluginHost.Manifests;

/// <summary>A node of the manifest in canonical form: known keys only, lists where lists belong, each with its path and place.</summary>
internal abstract record ManifestNode(string Path, FindingLocation At);

internal sealed record ManifestScalar(string Path, FindingLocation At, string Text, ScalarShape Shape) : ManifestNode(Path, At);

internal sealed record ManifestList(string Path, FindingLocation At, IReadOnlyList<ManifestNode> Items) : ManifestNode(Path, At);

/// <summary>A mapping that is passed on as written.</summary>
internal sealed record ManifestOpaque(string Path, FindingLocation At, YamlMap Content) : ManifestNode(Path, At);

/// <summary>A key that was written, but whose value was reported already.</summary>
internal sealed record ManifestHole(string Path, FindingLocation At) : ManifestNode(Path, At);

/// <summary>A mapping. Keys written without a value are not among its entries.</summary>
internal sealed record ManifestMap(string Path, FindingLocation At, IReadOnlyDictionary<string, ManifestNode> Entries, MapShape? Shape) : ManifestNode(Path, At)
{
    /// <summary>Whether the key was written with a value, even an unusable one.</summary>
    public bool Has(string key) => Entries.ContainsKey(key);

    public ManifestScalar? Scalar(string key) => Entries.GetValueOrDefault(key) as ManifestScalar;

    public string? Text(string key) => Scalar(key)?.Text;

    public ManifestMap? Map(string key) => Entries.GetValueOrDefault(key) as ManifestMap;

    public ManifestOpaque? Opaque(string key) => Entries.GetValueOrDefault(key) as ManifestOpaque;

    /// <summary>The items of a list that are of one kind; none where there is no list.</summary>
    public IEnumerable<T> Items<T>(string key) where T : ManifestNode => (Entries.GetValueOrDefault(key) as ManifestList)?.Items.OfType<T>() ?? [];

    /// <summary>The mappings of a list that have a usable text at a key, with that text.</summary>
    public IEnumerable<(ManifestMap Map, ManifestScalar Value)> ItemsWith(string list, string key)
        => from map in Items<ManifestMap>(list) let value = map.Scalar(key) where value is not null select (map, value);
}
