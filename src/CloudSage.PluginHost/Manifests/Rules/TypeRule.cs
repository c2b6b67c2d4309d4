namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>The type is one of the four.</summary>
internal sealed class TypeRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        if (document.Root.Scalar("type") is not { } type || type.Text.AsSpan().IsWhiteSpace()) yield break;
        if (PluginTypeNames.TryParse(type.Text) is null)
            yield return Finding.Error(
                ManifestCodes.Type,
                $"The type {ShownText.Quote(type.Text)} is unknown.",
                NearestName.Suggest(type.Text, PluginTypeNames.All),
                type.At);
    }
}
