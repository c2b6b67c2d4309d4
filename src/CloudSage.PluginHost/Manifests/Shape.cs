using System.Collections.Frozen;

namespace CloudSage.PluginHost.Manifests;

/// <summary>What may stand at a place of the manifest.</summary>
internal abstract record Shape;

/// <summary>How the text of a single value is read.</summary>
internal enum ScalarKind
{
    Text,
    Choice,
    Boolean,
    WholeNumber,
    Number,
    Duration,
}

/// <summary>A single value.</summary>
internal sealed record ScalarShape(ScalarKind Kind) : Shape
{
    /// <summary>The allowed values of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Other common names of the choices.</summary>
    public FrozenDictionary<string, string> Aliases { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The smallest allowed number.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The choice that was meant, whatever its case, hyphens and underscores; null for none.</summary>
    public string? Choose(string written)
    {
        var plain = NearestName.Plain(written);
        return Choices.FirstOrDefault(choice => NearestName.Plain(choice) == plain) ?? Aliases.GetValueOrDefault(plain);
    }
}

/// <summary>A list; a single value or mapping in its place is a list of one.</summary>
internal sealed record ListShape(Shape Item) : Shape;

/// <summary>A mapping whose keys the manifest's format defines.</summary>
internal sealed record MapShape : Shape
{
    private readonly FrozenDictionary<string, string> _canonical;

    public MapShape(params ReadOnlySpan<(string Key, Shape Shape)> keys)
    {
        var shapes = new Dictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var (key, shape) in keys) shapes.Add(key, shape);
        Keys = shapes.ToFrozenDictionary(StringComparer.Ordinal);
        _canonical = shapes.Keys.ToFrozenDictionary(Singular, StringComparer.Ordinal);
    }

    public FrozenDictionary<string, Shape> Keys { get; }

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The key for which a single value may stand in place of the mapping, as <c>- ReadCostData</c> stands for <c>- name: ReadCostData</c>.</summary>
    public string? Shorthand { get; init; }

    /// <summary>The keys of truth values that may stand for themselves, as <c>- manual</c> stands for <c>- manual: true</c>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The canonical form of a key as written; null where it is unknown.</summary>
    public string? Canonical(string written) => _canonical.GetValueOrDefault(Singular(written.Replace('-', '_')));

    // Both sides are put in the singular, so that it need not be right English: it must only be the same for both.
    private static string Singular(string key)
        => key.EndsWith("ies", StringComparison.Ordinal) ? key[..^3] + "y"
            : key.EndsWith('s') ? key[..^1]
            : key;
}

/// <summary>A mapping whose keys are the author's own names.</summary>
internal sealed record OpenMapShape(Shape Value) : Shape
{
    public bool HyphenIsUnderscore { get; init; }
}

/// <summary>The settings: either a JSON Schema of type object, or directly its properties.</summary>
internal sealed record SettingsShape(MapShape Schema, OpenMapShape Properties) : Shape;

/// <summary>A mapping that the host passes on as it is.</summary>
internal sealed record OpaqueShape : Shape;
