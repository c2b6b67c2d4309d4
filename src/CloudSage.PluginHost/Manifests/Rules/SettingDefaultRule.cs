namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>A default is a value that its setting allows, and a secret has none.</summary>
internal sealed class SettingDefaultRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        foreach (var setting in document.Root.Map("configuration")?.Map("properties")?.Entries.Values.OfType<ManifestMap>() ?? [])
        {
            if (setting.Scalar("default") is not { } value) continue;
            // The text of a secret is not repeated: findings go to logs.
            var isSecret = ScalarText.Boolean(setting.Text("secret")) == true;
            if (SettingValue.FindFault(setting, value.Text) is { } fault)
                yield return Finding.Error(
                    ManifestCodes.SettingDefault,
                    $"{value.Path} {(isSecret ? "" : $"is {ShownText.Quote(value.Text)}, which ")}{fault}.",
                    "Correct the default or what is allowed.",
                    value.At);
            if (isSecret)
                yield return Finding.Warning(
                    ManifestCodes.SecretDefault,
                    $"{value.Path} is the default of a secret, which everyone can read here.",
                    "Remove it, and give the value where the plugin runs.",
                    value.At);
        }
    }
}
