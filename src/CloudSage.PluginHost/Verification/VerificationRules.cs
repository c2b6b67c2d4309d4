namespace CloudSage.PluginHost.Verification;

/// <summary>The rules by stage: those of a stage are independent of each other, and rely on the stages before.</summary>
internal static class VerificationRules
{
    public static IReadOnlyList<IReadOnlyList<IVerificationRule>> AnyLanguage { get; } =
    [
        [new EntryFileRule(), new RuntimeRule(), new HostRangeRule()],
    ];

    public static IReadOnlyList<IReadOnlyList<IVerificationRule>> DotNet { get; } =
    [
        [new EntryImageRule()],
        [new TargetFrameworkRule()],
        [new ContractRule()],
        [new SharedVersionRule(), new SharedCopyRule(), new DependencyRule(), new EntryTypeRule(), new ModuleInitializerRule()],
    ];
}
