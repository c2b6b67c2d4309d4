namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Where a manifest declares commands, its triggers run these only.</summary>
internal sealed class TriggerCommandRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        var declared = document.Root.ItemsWith("commands", "name").Select(static c => c.Value.Text).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (declared.Count == 0) return [];

        return from trigger in document.Root.ItemsWith("triggers", "command")
               where !declared.Contains(trigger.Value.Text, StringComparer.OrdinalIgnoreCase)
               select Finding.Error(
                   ManifestCodes.TriggerCommand, $"The command {ShownText.Quote(trigger.Value.Text)} is not among the plugin's commands.",
                   NearestName.Suggest(trigger.Value.Text, declared), trigger.Value.At);
    }
}
