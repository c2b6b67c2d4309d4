namespace CloudSage.PluginHost.Manifests;

/// <summary>
/// Brings a YAML tree into canonical form: keys in their canonical spelling, a list of one where a single value stands for a list.
/// Reports keys that do not exist and values of the wrong shape; what the values say is for the rules.
/// </summary>
internal sealed class ManifestShaper(ICollection<Finding> findings)
{
    private readonly Dictionary<string, FindingLocation> _locations = new(StringComparer.Ordinal);

    public ManifestDocument Shape(YamlMap root)
    {
        var map = ReadMap(root, ManifestSchema.Root, "", root.At);
        return new ManifestDocument(map, _locations);
    }

    // A mapping or list is pointed at by its key, where there is one; a single value by itself.
    private ManifestNode Read(YamlNode node, Shape shape, string path, FindingLocation keyAt)
    {
        _locations.TryAdd(path, node is YamlScalar && shape is not ListShape ? node.At : keyAt);
        return (shape, node) switch
        {
            (_, YamlHole) => new ManifestHole(path, node.At),
            (ScalarShape scalar, YamlScalar value) => new ManifestScalar(path, value.At, value.Text, scalar),
            (ListShape list, _) => ReadList(node, list, path, keyAt),
            (MapShape map, YamlMap value) => ReadMap(value, map, path, keyAt),
            (MapShape map, YamlScalar value) => ReadShorthand(value, map, path),
            (OpenMapShape map, YamlMap value) => ReadOpenMap(value, map, path, keyAt),
            (SettingsShape settings, YamlMap value) => ReadSettings(value, settings, path, keyAt),
            (OpaqueShape, YamlMap value) => new ManifestOpaque(path, keyAt, value),
            _ => WrongShape(node, shape, path),
        };
    }

    private ManifestList ReadList(YamlNode node, ListShape shape, string path, FindingLocation keyAt)
    {
        IReadOnlyList<YamlNode> items = node is YamlList list ? list.Items : [node];
        return new ManifestList(path, keyAt, [.. items.Select((item, index) => ReadItem(item, shape.Item, $"{path}[{index}]"))]);
    }

    private ManifestNode ReadItem(YamlNode item, Shape shape, string path)
    {
        if (item is not YamlScalar { IsNull: true }) return Read(item, shape, path, item.At);

        findings.Add(Finding.Error(ManifestCodes.WrongShape, $"{path} is empty.", "Give it a value, or remove the entry.", item.At));
        _locations.TryAdd(path, item.At);
        return new ManifestHole(path, item.At);
    }

    private ManifestMap ReadMap(YamlMap map, MapShape shape, string path, FindingLocation keyAt)
    {
        _locations.TryAdd(path, keyAt);
        var entries = new Dictionary<string, ManifestNode>(StringComparer.Ordinal);
        var written = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (shape.Canonical(entry.Key) is not { } key) ReportUnknown(entry, shape, path);
            else if (!written.TryAdd(key, entry)) findings.Add(YamlTreeReader.DuplicateKey(entry.Key, entry.KeyAt, written[key].Key, written[key].KeyAt));
            else Add(entries, key, entry, shape.Keys[key], Join(path, key));
        }

        return new ManifestMap(path, keyAt, entries, shape);
    }

    private ManifestNode ReadShorthand(YamlScalar value, MapShape shape, string path)
    {
        if (shape.Shorthand is { } key) return MapOf(key, value);
        if (shape.Flags.Contains(value.Text)) return MapOf(value.Text, value with { Text = "true" });
        return WrongShape(value, shape, path);

        ManifestMap MapOf(string key, YamlScalar content)
            => new(path, value.At, new Dictionary<string, ManifestNode> { [key] = Read(content, shape.Keys[key], Join(path, key), value.At) }, shape);
    }

    private ManifestMap ReadOpenMap(YamlMap map, OpenMapShape shape, string path, FindingLocation keyAt)
    {
        var entries = new Dictionary<string, ManifestNode>(StringComparer.OrdinalIgnoreCase);
        var written = new Dictionary<string, YamlEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in map.Entries)
        {
            var key = shape.HyphenIsUnderscore ? entry.Key.Replace('-', '_') : entry.Key;
            // A name without anything behind it is enough where nothing is required, as for a setting.
            var value = entry.Value is YamlScalar { IsNull: true } && shape.Value is MapShape { Required: [] } ? new YamlMap(entry.KeyAt, []) : entry.Value;
            if (written.TryAdd(key, entry)) Add(entries, key, entry with { Value = value }, shape.Value, Join(path, ShownText.Escape(key)));
            else findings.Add(YamlTreeReader.DuplicateKey(entry.Key, entry.KeyAt, written[key].Key, written[key].KeyAt));
        }

        return new ManifestMap(path, keyAt, entries, null);
    }

    private ManifestMap ReadSettings(YamlMap map, SettingsShape shape, string path, FindingLocation keyAt)
    {
        var isSchema = map.Entries.Any(static e => e is { Key: "properties", Value: YamlMap } or { Key: "type", Value: YamlScalar });
        var properties = isSchema ? map.Entries.FirstOrDefault(static e => e.Key == "properties")?.Value ?? new YamlMap(keyAt, []) : map;
        var settings = new Dictionary<string, ManifestNode>(StringComparer.Ordinal)
        {
            ["properties"] = Read(properties, shape.Properties, path, keyAt),
        };
        if (isSchema)
        {
            // What the schema says of itself is for the rules too; its properties are read above.
            foreach (var (key, node) in ReadMap(map, shape.Schema, path, keyAt).Entries.Where(static e => e.Key != "properties")) settings[key] = node;
        }

        return new ManifestMap(path, keyAt, settings, null);
    }

    private void Add(Dictionary<string, ManifestNode> entries, string key, YamlEntry entry, Shape shape, string path)
    {
        if (entry.Value is YamlScalar { IsNull: true }) _locations.TryAdd(path, entry.KeyAt);
        else entries.Add(key, Read(entry.Value, shape, path, entry.KeyAt));
    }

    private void ReportUnknown(YamlEntry entry, MapShape shape, string path)
    {
        var where = path.Length == 0 ? "a manifest" : path;
        findings.Add(Finding.Error(
            ManifestCodes.UnknownKey,
            $"The key {ShownText.Quote(entry.Key)} is unknown in {where}.",
            NearestName.Suggest(entry.Key, shape.Keys.Keys),
            entry.KeyAt));
    }

    private ManifestHole WrongShape(YamlNode node, Shape shape, string path)
    {
        var found = node switch { YamlScalar => "a single value", YamlList => "a list", _ => "a mapping" };
        var (expected, remedy) = shape switch
        {
            ScalarShape => ("a single value", "Write one value after the key."),
            MapShape map => ("a mapping", $"Write keys with values below it: {string.Join(", ", map.Keys.Keys.Order(StringComparer.Ordinal))}."),
            _ => ("a mapping", "Write keys with values below it."),
        };
        findings.Add(Finding.Error(ManifestCodes.WrongShape, $"{path} is {found}, but must be {expected}.", remedy, node.At));
        return new ManifestHole(path, node.At);
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
