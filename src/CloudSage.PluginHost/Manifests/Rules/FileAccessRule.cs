namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Paths of <c>filesystem</c> say plainly where they lead.</summary>
internal sealed class FileAccessRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from path in document.Root.ItemsWith("filesystem", "path").Select(static f => f.Value)
           where path.Text.Length > 1024 || path.Text.Split('/', '\\').Contains("..")
           select Finding.Error(
               ManifestCodes.FilePath,
               $"The path {ShownText.Quote(path.Text)} is not safe.",
               "Write it without '..', 1024 characters at most.",
               path.At);
}
