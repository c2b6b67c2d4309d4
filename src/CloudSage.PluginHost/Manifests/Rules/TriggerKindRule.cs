namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Each trigger has exactly one kind: a schedule, an event, an alert, the API or a person.</summary>
internal sealed class TriggerKindRule : IManifestRule
{
    private const string Remedy = "Give each entry exactly one of schedule, event, alert, api: true and manual: true; write several entries for several.";

    private static readonly string[] AllKinds = ["schedule", "event", "alert", "api", "manual"];

    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        foreach (var trigger in document.Root.Items<ManifestMap>("triggers"))
        {
            var kinds = Kinds(trigger).ToList();
            if (kinds.Count == 0)
                yield return Finding.Error(ManifestCodes.TriggerKind, $"{trigger.Path} does not say what sets it off.", Remedy, trigger.At);
            else if (kinds.Count > 1)
                yield return Finding.Error(ManifestCodes.TriggerKind, $"{trigger.Path} has {string.Join(" and ", kinds)}.", Remedy, trigger.At);
        }
    }

    // A flag that is neither true nor false has its own finding and counts as set; one that is false counts as absent.
    private static IEnumerable<string> Kinds(ManifestMap trigger)
        => AllKinds.Where(kind => trigger.Entries.GetValueOrDefault(kind) switch
        {
            null => false,
            ManifestScalar { Shape.Kind: ScalarKind.Boolean } flag => ScalarText.Boolean(flag.Text) != false,
            ManifestScalar text => !text.Text.AsSpan().IsWhiteSpace(),
            _ => true,
        });
}
