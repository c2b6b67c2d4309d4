namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Entry points, the plugin's own and those of its platforms, are files inside the plugin.</summary>
internal sealed class EntryPointRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from entryPoint in document.Root.ItemsWith("platforms", "entry_point").Select(static p => p.Value).Prepend(document.Root.Scalar("entry_point"))
           where entryPoint is not null && !entryPoint.Text.AsSpan().IsWhiteSpace()
           let found = SafePath.FindFault(entryPoint.Text)
           where found is not null
           select Finding.Error(
               ManifestCodes.EntryPoint, $"The entry point {ShownText.Quote(entryPoint.Text)} {found.Value.Fault}.", found.Value.Remedy, entryPoint.At);
}
