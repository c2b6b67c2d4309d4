using System.Text.RegularExpressions;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.UnitTests.Manifests;

/// <summary>docs/manifest.md and the reader say the same.</summary>
public sealed partial class ManifestDocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "manifest.md"));

    [TestCaseSource(nameof(Examples))]
    public void Every_example_is_read_without_a_finding(string example)
        => Reading.Good(example.StartsWith("name:", StringComparison.Ordinal) ? example : Reading.Head + example);

    [TestCaseSource(nameof(Keys))]
    public void Every_key_is_described(string key) => Text.Should().MatchRegex($@"[`.]{Regex.Escape(key)}`");

    [TestCaseSource(nameof(Choices))]
    public void Every_choice_is_described(string choice) => Text.Should().Contain($"`{choice}`");

    private static IEnumerable<string> Examples() => YamlBlock().Matches(Text).Select(static m => m.Groups[1].Value);

    private static IEnumerable<string> Keys()
        => Shapes(ManifestSchema.Root).OfType<MapShape>().SelectMany(static m => m.Keys.Keys).Distinct()
            // These belong to JSON Schema itself, or name a section of keys that are described one by one.
            .Except(["$schema", "additionalProperties", "runtime", "network", "configuration", "limits", "health", "restart", "update", "triggers"])
            .Except(["schedule", "timezone", "event", "filter", "alert", "api", "manual"]);

    private static IEnumerable<string> Choices()
        => Shapes(ManifestSchema.Root).OfType<ScalarShape>().SelectMany(static s => s.Choices).Distinct().Except(["false"]);

    private static IEnumerable<Shape> Shapes(Shape shape)
    {
        IEnumerable<Shape> below = shape switch
        {
            ListShape list => [list.Item],
            MapShape map => map.Keys.Values,
            OpenMapShape map => [map.Value],
            SettingsShape settings => [settings.Schema, settings.Properties],
            _ => [],
        };
        return below.SelectMany(Shapes).Prepend(shape);
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
