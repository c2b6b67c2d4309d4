namespace CloudSage.PluginHost.Manifests;

/// <summary>A node of the YAML tree, as written: nothing is known yet of what the keys mean.</summary>
internal abstract record YamlNode(FindingLocation At);

/// <summary>A single value. Plain means without quotes, so that <c>null</c>, <c>true</c> and numbers may be meant.</summary>
internal sealed record YamlScalar(FindingLocation At, string Text, bool Plain) : YamlNode(At)
{
    public bool IsNull => Plain && Text is ("" or "~" or "null" or "Null" or "NULL");
}

internal sealed record YamlList(FindingLocation At, IReadOnlyList<YamlNode> Items) : YamlNode(At);

internal sealed record YamlMap(FindingLocation At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At);

internal sealed record YamlEntry(string Key, FindingLocation KeyAt, YamlNode Value);

/// <summary>A place where something was that has been reported already, so that nothing more is said of it.</summary>
internal sealed record YamlHole(FindingLocation At) : YamlNode(At);
