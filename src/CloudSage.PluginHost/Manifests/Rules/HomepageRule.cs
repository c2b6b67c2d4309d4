namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>The homepage is a web address: pages that list plugins link to it.</summary>
internal sealed class HomepageRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        if (document.Root.Scalar("homepage") is { } page && !(Uri.TryCreate(page.Text, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http")))
            yield return Finding.Error(ManifestCodes.Homepage, $"The homepage {ShownText.Quote(page.Text)} is not a web address.", "Write one such as https://example.com/plugin.", page.At);
    }
}
