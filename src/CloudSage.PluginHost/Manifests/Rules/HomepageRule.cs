namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>The homepage is a web address: pages that list plugins link to it.</summary>
internal sealed class HomepageRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        if (document.Root.Scalar("homepage") is { } page && !IsWebAddress(page.Text))
            yield return Finding.Error(
                ManifestCodes.Homepage,
                $"The homepage {ShownText.Quote(page.Text)} is not a web address.",
                "Write one such as https://example.com/plugin.",
                page.At);
    }

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("https" or "http");
}
