using System.Globalization;
using CloudSage.PluginHost.Manifests;
using CloudSage.Plugins;

namespace CloudSage.PluginHost.Activation;

/// <summary>Overlays a manifest's defaults with what the operator configured, and checks the outcome against the manifest.</summary>
internal static class SettingsResolver
{
    public static StageResult<PluginSettings> Resolve(PluginManifest manifest, ActivationOptions options)
    {
        var configured = options.Settings.TryGetValue(manifest.Name, out var found) ? found : [];
        var defaults = manifest.Configuration.Where(static s => s.Value.Default is not null)
            .Select(static s => KeyValuePair.Create(s.Key, s.Value.Default!));
        var settings = new PluginSettings(defaults.Concat(configured));

        var findings = new List<Finding>();
        foreach (var (key, setting) in manifest.Configuration)
            Check(manifest, key, setting, settings, findings);
        if (manifest.Configuration.Count > 0)
        {
            var known = new PluginSettings(manifest.Configuration.Keys.Select(static k => KeyValuePair.Create(k, string.Empty)));
            foreach (var key in configured.Keys.Where(k => !known.TryGet(k, out _)).Order(StringComparer.Ordinal))
            {
                findings.Add(Bad(manifest, key, "is not one that the plugin knows", $"Use one of {string.Join(", ", manifest.Configuration.Keys)}."));
            }
        }

        return StageResult<PluginSettings>.From(settings, findings);
    }

    private static void Check(PluginManifest manifest, string key, ManifestSetting setting, PluginSettings settings, List<Finding> findings)
    {
        if (!settings.TryGet(key, out var text))
        {
            if (setting.Required) findings.Add(Bad(manifest, key, "is required but has no value", "Give it one."));
            return;
        }

        // A secret's value must not get into findings, which are logged and shown.
        var shown = setting.Secret ? "(secret)" : $"'{text}'";
        if (setting.Allowed.Count > 0 && !setting.Allowed.Contains(text, StringComparer.Ordinal))
        {
            findings.Add(Bad(manifest, key, $"is {shown}, which is not allowed", $"Use one of {string.Join(", ", setting.Allowed)}."));
            return;
        }

        var number = 0m;
        var fits = setting.Type switch
        {
            "boolean" => bool.TryParse(text, out _),
            "integer" => decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
            "number" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number),
            _ => true,
        };
        if (!fits)
        {
            findings.Add(Bad(manifest, key, $"is {shown}, but must be of type {setting.Type}", "Correct the value."));
        }
        else if (setting.Type is "integer" or "number" && (number < setting.Minimum || number > setting.Maximum))
        {
            findings.Add(Bad(manifest, key, $"is {shown}, which is outside {Bound(setting.Minimum)} to {Bound(setting.Maximum)}", "Correct the value."));
        }
    }

    private static string Bound(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "any";

    private static Finding Bad(PluginManifest manifest, string key, string what, string remedy) => Finding.Error(
        ActivationCodes.BadSetting,
        $"The setting '{key}' of {manifest.Name} {what}.",
        $"{remedy} It is read from PluginHost:Activation:Settings:{manifest.Name}:{key} in the host's configuration.",
        manifest.Locate($"configuration.{key}"));
}
