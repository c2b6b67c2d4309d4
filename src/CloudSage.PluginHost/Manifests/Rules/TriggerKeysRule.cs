namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>A time zone goes with a schedule, a filter with an event or an alert.</summary>
internal sealed class TriggerKeysRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        foreach (var trigger in document.Root.Items<ManifestMap>("triggers"))
        {
            if (trigger.Has("timezone") && !trigger.Has("schedule")) yield return Misplaced(document, trigger, "timezone", "schedule");
            if (trigger.Has("filter") && !trigger.Has("event") && !trigger.Has("alert")) yield return Misplaced(document, trigger, "filter", "event or alert");
        }
    }

    private static Finding Misplaced(ManifestDocument document, ManifestMap trigger, string key, string with) => Finding.Error(
        ManifestCodes.TriggerKey,
        $"{trigger.Path}.{key} has no meaning without {with}.",
        $"Remove it, or add {with}.",
        document.Locate($"{trigger.Path}.{key}"));
}
