using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CloudSage.PluginHost.Manifests;

/// <summary>
/// Builds the YAML tree from parser events, so that nothing is made of an input before its depth, anchors and tags were looked at.
/// It goes on after what can be skipped, to report all of it.
/// </summary>
internal sealed class YamlTreeReader(string file, ICollection<Finding> findings)
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 10_000;

    private int _nodes;

    /// <summary>The root node; null where there is none to go on with, which then is among the findings.</summary>
    public YamlNode? Read(string text)
    {
        var scanner = new Scanner(new StringReader(text));
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                findings.Add(Empty(file));
                return null;
            }

            var root = ReadNode(parser, 1);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                findings.Add(Finding.Error(
                    ManifestCodes.SeveralDocuments,
                    "The manifest has more than one YAML document.",
                    "Keep the first and remove what follows the line '---'.",
                    At(second.Start)));
            return root;
        }
        catch (TooComplexException tooComplex)
        {
            // Ends the reading from any depth; the parser is not asked for one token more, as its time grows with the square of the depth.
            findings.Add(Finding.Error(ManifestCodes.TooComplex, tooComplex.Message, "Simplify the manifest.", tooComplex.At));
            return null;
        }
        catch (YamlException broken)
        {
            // Broken syntax is an expected input; behind it no position can be trusted, so that this is the last finding.
            findings.Add(NotYaml(OneLine(broken.Message), At(broken.Start)));
            return null;
        }
        catch (Exception other) when (other
            is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser trips in this way over some quite ordinary mistakes too, such as a missing ']'; the host must not fall with it.
            findings.Add(NotYaml("It cannot be understood up to here.", At(scanner.CurrentPosition)));
            return null;
        }
    }

    private YamlNode ReadNode(Parser parser, int depth)
    {
        parser.Accept<ParsingEvent>(out var start);
        if (start is null) throw new YamlException("A value is missing.");
        if (depth > MaxDepth) throw new TooComplexException($"The manifest is nested more than {MaxDepth} levels deep.", At(start.Start));
        if (++_nodes > MaxNodes) throw new TooComplexException($"The manifest has more than {MaxNodes} keys and values.", At(start.Start));

        if (start is NodeEvent node) ReportAnchorAndTag(node);
        return start switch
        {
            SequenceStart => ReadList(parser, depth),
            MappingStart => ReadMap(parser, depth),
            AnchorAlias => ReadAlias(parser),
            _ => ReadScalar(parser),
        };
    }

    private YamlScalar ReadScalar(Parser parser)
    {
        var scalar = parser.Consume<Scalar>();
        return new YamlScalar(At(scalar.Start), scalar.Value, scalar.Style is ScalarStyle.Plain or ScalarStyle.Any);
    }

    private YamlHole ReadAlias(Parser parser)
    {
        var alias = parser.Consume<AnchorAlias>();
        findings.Add(Finding.Error(
            ManifestCodes.AnchorOrAlias,
            $"The alias {ShownText.Quote("*" + alias.Value.Value)} is not allowed in a manifest.",
            "Write the value out; quote it if it begins with '*'.",
            At(alias.Start)));
        return new YamlHole(At(alias.Start));
    }

    private YamlList ReadList(Parser parser, int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(parser, depth + 1));
        return new YamlList(At(start.Start), items);
    }

    private YamlMap ReadMap(Parser parser, int depth)
    {
        var start = parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, FindingLocation>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(parser, depth + 1);
            var value = ReadNode(parser, depth + 1);
            if (key is YamlScalar { Text: var name })
            {
                if (seen.TryAdd(name, key.At)) entries.Add(new YamlEntry(name, key.At, value));
                else findings.Add(DuplicateKey(name, key.At, name, seen[name]));
            }
            else if (key is not YamlHole)
            {
                findings.Add(Finding.Error(ManifestCodes.WrongShape, "A key must be a single text.", "Write it as 'key: value'.", key.At));
            }
        }

        return new YamlMap(At(start.Start), entries);
    }

    public static Finding Empty(string file)
        => Finding.Error(ManifestCodes.Empty, "The manifest is empty.", "Write at least name, version, type and entry_point.", new FindingLocation(file, 1, 1));

    private static Finding NotYaml(string why, FindingLocation at) => Finding.Error(
        ManifestCodes.NotYaml, $"The manifest is not YAML: {why}",
        "Mend the syntax here: close brackets and quotes, indent with spaces, and quote a value that begins with a special character or holds ': '.", at);

    public static Finding DuplicateKey(string second, FindingLocation secondAt, string first, FindingLocation firstAt) => Finding.Error(
        ManifestCodes.DuplicateKey,
        second == first
            ? $"The key {ShownText.Quote(second)} is already at line {firstAt.Line}, column {firstAt.Column}."
            : $"The key {ShownText.Quote(second)} means the same as {ShownText.Quote(first)} at line {firstAt.Line}, column {firstAt.Column}.",
        "Keep one of the two.", secondAt);

    private void ReportAnchorAndTag(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            findings.Add(Finding.Error(
                ManifestCodes.AnchorOrAlias,
                $"The anchor {ShownText.Quote("&" + node.Anchor.Value)} is not allowed in a manifest.",
                "Remove it; quote the value if it begins with '&'.",
                At(node.Start)));

        if (!node.Tag.IsEmpty)
            findings.Add(Finding.Error(
                ManifestCodes.ExplicitTag,
                $"The tag {ShownText.Quote(node.Tag.Value)} is not allowed in a manifest.",
                "Remove it; quote the value if it begins with '!'.",
                At(node.Start)));
    }

    private FindingLocation At(Mark mark) => new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string OneLine(string message)
    {
        var quoted = ShownText.Quote(message);
        return quoted[1..^1].TrimEnd('.') + ".";
    }

    private sealed class TooComplexException(string message, FindingLocation at) : Exception(message)
    {
        public FindingLocation At { get; } = at;
    }
}
