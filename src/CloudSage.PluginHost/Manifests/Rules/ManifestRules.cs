namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>All rules.</summary>
internal static class ManifestRules
{
    public static IReadOnlyList<IManifestRule> All(KnownNames known) =>
    [
        new RequiredKeysRule(),
        new TypeKeysRule(),
        new NameRule(),
        new VersionRule(),
        new TypeRule(),
        new EntryPointRule(),
        new EntryTypeRule(),
        new ChoiceRule(),
        new BooleanRule(),
        new NumberRule(),
        new DurationRule(),
        new PrintableTextRule(),
        new PermissionRule(known),
        new ExtensionPointRule(known),
        new VersionRangeRule(),
        new DependencyRule(),
        new CommandRule(),
        new TriggerKindRule(),
        new TriggerKeysRule(),
        new TriggerCommandRule(),
        new ScheduleRule(),
        new TimeZoneRule(),
        new PlatformRule(),
        new AllowedHostRule(),
        new FileAccessRule(),
        new HomepageRule(),
        new SettingRule(),
        new SettingDefaultRule(),
    ];
}
