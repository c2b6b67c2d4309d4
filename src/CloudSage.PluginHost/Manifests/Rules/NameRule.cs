namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>The name is safe wherever names go: paths, lock files, logs.</summary>
internal sealed class NameRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        // An empty name is reported as missing.
        if (document.Root.Scalar("name") is not { } name || name.Text.AsSpan().IsWhiteSpace()) yield break;
        if (SafeName.FindFault(name.Text) is { } found)
            yield return Finding.Error(ManifestCodes.Name, $"The name {ShownText.Quote(name.Text)} {found.Fault}.", found.Remedy, name.At);
    }
}
