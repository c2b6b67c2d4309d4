namespace CloudSage.PluginHost.Manifests.Publishing;

/// <summary>What editors show for a key. docs/manifest.md says more.</summary>
internal static class KeyTexts
{
    public static string? Of(string path) => path switch
    {
        "api_version" => "The format of the manifest: cloudsage/v1.",
        "name" => "Lower-case letters, digits and hyphens, starting with a letter, 64 at most.",
        "version" => "SemVer 2.0: three numbers without leading zeros, such as 1.4.0 or 1.4.0-beta.1.",
        "type" => "What kind of plugin it is.",
        "entry_point" => "The file to start with: relative to the plugin's folder, with forward slashes.",
        "entry_type" => "The full name of the .NET type, where the assembly holds several.",
        "cloud" => "The cloud whose resources it looks at.",
        "target" => "For cloud adapters: the cloud that it reads.",
        "resource_types" => "The kinds of resources that it looks at.",
        "channels" => "For notifiers: where it delivers.",
        "system" => "For integrations: the system that it exchanges records with.",
        "display_name" => "The name in lists.",
        "license" => "An SPDX expression.",
        "runtime" => "What runs the entry point; its ending says it otherwise.",
        "platforms" => "Where it runs; everywhere without it.",
        "engine" => "The range of host versions that it works with, such as \">=1.0 <2\".",
        "dependencies" => "Other plugins that it needs.",
        "extension_points" => "What it plugs into; without it, whatever the code implements.",
        "commands" => "What can be executed by name.",
        "activation" => "eager, or lazy: only when first called.",
        "triggers" => "What makes it run: each entry one of schedule, event, alert, api and manual.",
        "permissions" => "What it may do. Nothing is allowed unless it is asked for here and granted by the operator.",
        "permissions[].reason" => "Why it needs this: the operator reads it before granting.",
        "network" => "Hosts that it may reach.",
        "filesystem" => "Paths that it may use.",
        "environments" => "By name: whether it is supported there, and why not.",
        "configuration" => "The settings that it knows, as a subset of JSON Schema.",
        "limits" => "How much it may use.",
        "isolation" => "The tier that it needs; refused where the machine lacks it.",
        "health" => "How often its health is asked for.",
        "restart" => "How often it may be restarted.",
        "update" => "Which new versions are installed by themselves.",
        "triggers[].schedule" => "Cron: five fields, or six with seconds first.",
        "triggers[].timezone" => "The time zone of the schedule; UTC without it.",
        _ => null,
    };
}
