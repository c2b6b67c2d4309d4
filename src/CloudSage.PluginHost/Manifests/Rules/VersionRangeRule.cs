namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>The ranges of <c>engine</c> and of dependencies can be read and satisfied.</summary>
internal sealed class VersionRangeRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from range in document.Root.ItemsWith("dependencies", "version").Select(static d => d.Value).Prepend(document.Root.Scalar("engine"))
           where range is not null && !PluginVersionRange.TryParse(range.Text, out _)
           select Finding.Error(
               ManifestCodes.VersionRange, $"{range.Path} is {ShownText.Quote(range.Text)}, which is no range that a version could be in.",
               "Write it such as \">=1.0 <2\", ^1.2, ~1.2.3, 1.x, 1.4.0, \"[1.0,2.0)\" or \"*\".", range.At);
}
