using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>All rules.</summary>
internal static class ScanRules
{
    /// <summary>Makes them. At most 32: the scan keeps one bit for each.</summary>
    public static IReadOnlyList<IScanRule> Create() =>
    [
        new NetworkRule(), new FileReadRule(), new FileWriteRule(), new ProcessRule(), new EnvironmentRule(), new HostControlRule(),
        new ReflectionRule(), new CodeGenerationRule(), new UnsafeCodeRule(), new NativeCodeRule(), new AssemblyLoadRule(), new EarlyCodeRule(),
    ];
}
