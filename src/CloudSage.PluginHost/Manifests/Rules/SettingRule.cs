using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Settings have usable names and descriptions that do not contradict themselves.</summary>
internal sealed partial class SettingRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        if (document.Root.Map("configuration") is not { } configuration) yield break;

        var settings = configuration.Map("properties")?.Entries ?? new Dictionary<string, ManifestNode>();
        foreach (var (key, node) in settings)
        {
            if (!Safe().IsMatch(key))
                yield return Error(
                    $"The setting's name {ShownText.Quote(key)} is not usable.",
                    "Use letters a-z, digits and underscores, starting with a letter, 64 at most.",
                    document.Locate(node.Path));
            if (node is not ManifestMap setting) continue;
            foreach (var finding in CheckBounds(setting).Concat(CheckAllowed(setting))) yield return finding;
        }

        foreach (var name in configuration.Items<ManifestScalar>("required").Where(name => !settings.ContainsKey(name.Text.Replace('-', '_'))))
            yield return Error(
                $"The required setting {ShownText.Quote(name.Text)} is not described.",
                NearestName.Suggest(name.Text, [.. settings.Keys]),
                name.At);
    }

    private static IEnumerable<Finding> CheckBounds(ManifestMap setting)
    {
        var type = SettingValue.TypeOf(setting);
        foreach (var key in new[] { "minimum", "maximum" })
            if (type is "string" or "boolean" && setting.Scalar(key) is { } bound)
                yield return Error($"{bound.Path} has no meaning for a {type}.", "Remove it, or write 'type: number'.", bound.At);

        if (setting.Scalar("maximum") is { } maximum && setting.Text("minimum") is { } minimum
            && ScalarText.Number(maximum.Text) < ScalarText.Number(minimum))
            yield return Error($"{maximum.Path} is less than the minimum.", "Exchange the two.", maximum.At);
    }

    private static IEnumerable<Finding> CheckAllowed(ManifestMap setting)
        => from allowed in setting.Items<ManifestScalar>("enum")
           where !SettingValue.IsOfType(SettingValue.TypeOf(setting), allowed.Text)
           select Error(
               $"{allowed.Path} is {ShownText.Quote(allowed.Text)}, which is not of type {SettingValue.TypeOf(setting)}.",
               "Correct the value or the type.",
               allowed.At);

    private static Finding Error(string message, string remedy, FindingLocation at) => Finding.Error(ManifestCodes.Setting, message, remedy, at);

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,63}\z")]
    private static partial Regex Safe();
}
