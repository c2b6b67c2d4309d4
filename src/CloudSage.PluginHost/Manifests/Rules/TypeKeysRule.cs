using CloudSage.Plugins;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Each type of plugin says what it is for: an adapter its cloud, a notifier its channels, an integration its system.</summary>
internal sealed class TypeKeysRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        if (document.Root.Scalar("type") is not { } type) yield break;

        var (key, example) = PluginTypeNames.TryParse(type.Text) switch
        {
            PluginType.CloudAdapter => ("target", "target: alibaba-cloud"),
            PluginType.Notifier => ("channels", "channels: [slack, teams]"),
            PluginType.Integration => ("system", "system: service-now"),
            _ => (null, null),
        };
        if (key is null || IsThere(document.Root, key)) yield break;

        yield return Finding.Error(
            ManifestCodes.MissingKeyForType,
            $"A plugin of type {ShownText.Quote(type.Text)} requires '{key}'.",
            $"Add a line such as '{example}', or correct the type.",
            type.At);
    }

    private static bool IsThere(ManifestMap root, string key) => root.Entries.GetValueOrDefault(key) switch
    {
        null => false,
        ManifestScalar scalar => !scalar.Text.AsSpan().IsWhiteSpace(),
        ManifestList list => list.Items.Count > 0,
        _ => true,
    };
}
