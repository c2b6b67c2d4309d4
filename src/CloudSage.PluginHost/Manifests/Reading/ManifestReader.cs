using CloudSage.PluginHost.Manifests.Rules;

namespace CloudSage.PluginHost.Manifests.Reading;

/// <summary>Reads manifests: bytes, text, YAML tree, canonical document, rules, manifest. Reports every error, in the order of the file.</summary>
internal sealed class ManifestReader
{
    private const int MaxFindings = 100;

    private readonly IReadOnlyList<IManifestRule> _rules;

    /// <summary>Creates a reader.</summary>
    /// <param name="permissions">Permissions of the embedder's own, besides those of <see cref="CloudSage.Plugins.Permissions.PluginPermissions"/>.</param>
    /// <param name="extensionPoints">Extension points of the embedder's own, besides those of the platform.</param>
    public ManifestReader(IEnumerable<string>? permissions = null, IEnumerable<string>? extensionPoints = null)
    {
        Known = new KnownNames(permissions ?? [], extensionPoints ?? []);
        _rules = ManifestRules.All(Known);
    }

    /// <summary>The names that it knows.</summary>
    public KnownNames Known { get; }

    /// <summary>Reads one manifest.</summary>
    /// <param name="bytes">What the file holds.</param>
    /// <param name="file">The file's name for messages.</param>
    public StageResult<PluginManifest> Read(ReadOnlyMemory<byte> bytes, string file)
    {
        var findings = new List<Finding>();
        var document = ReadDocument(bytes, file, findings);
        if (document is not null) findings.AddRange(_rules.SelectMany(rule => rule.Check(document)));
        var isFit = document is not null && !findings.Any(static f => f.Severity == FindingSeverity.Error);
        return StageResult<PluginManifest>.From(isFit ? new ManifestBuilder(document!, Known).Build() : null, InOrder(findings, file));
    }

    private static ManifestDocument? ReadDocument(ReadOnlyMemory<byte> bytes, string file, List<Finding> findings)
    {
        if (ManifestText.Decode(bytes.Span, file, findings) is not { } text) return null;

        switch (new YamlTreeReader(file, findings).Read(text))
        {
            case null:
                return null;
            case YamlMap map:
                return new ManifestShaper(findings).Shape(map);
            case YamlScalar { IsNull: true }:
                findings.Add(YamlTreeReader.Empty(file));
                return null;
            case var other:
                findings.Add(Finding.Error(
                    ManifestCodes.NotAMapping,
                    "The manifest is not a mapping of keys to values.",
                    "Write lines such as 'name: my-plugin'.",
                    other.At));
                return null;
        }
    }

    private static List<Finding> InOrder(List<Finding> findings, string file)
    {
        var ordered = findings.Distinct().OrderBy(static f => f.Location?.Line ?? 0).ThenBy(static f => f.Location?.Column ?? 0).ToList();
        if (ordered.Count <= MaxFindings) return ordered;

        // A warning must not push the error out that explains the refusal.
        var kept = ordered.OrderByDescending(static f => f.Severity).Take(MaxFindings).ToList();
        kept.Add(Finding.Error(
            ManifestCodes.More,
            $"{ordered.Count - MaxFindings} more findings are not listed.",
            "Mend the listed ones first.",
            new FindingLocation(file)));
        return kept;
    }
}
