namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Dependencies name other plugins, each once, and never the plugin itself.</summary>
internal sealed class DependencyRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        var own = document.Root.Text("name");
        var names = document.Root.ItemsWith("dependencies", "name").Select(static d => d.Value).Where(static n => !n.Text.AsSpan().IsWhiteSpace()).ToList();
        foreach (var name in names)
        {
            if (SafeName.FindFault(name.Text) is { } found)
                yield return Finding.Error(ManifestCodes.Name, $"The name {ShownText.Quote(name.Text)} {found.Fault}.", found.Remedy, name.At);
            else if (name.Text == own)
                yield return Finding.Error(
                    ManifestCodes.SelfDependency,
                    $"The plugin {ShownText.Quote(name.Text)} depends on itself.",
                    "Remove the entry.",
                    name.At);
        }

        foreach (var finding in Duplicates.Find(names, "The dependency", StringComparer.Ordinal)) yield return finding;
    }
}
