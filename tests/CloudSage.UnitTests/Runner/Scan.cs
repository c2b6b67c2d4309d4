using CloudSage.PluginHost.Runner.Child;
using CloudSage.PluginHost.Runner.Rules;
using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.UnitTests.Runner;

/// <summary>Scans what a test compiles.</summary>
internal static class Scan
{
    public static readonly ScannerLimits Limits = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120), TimeSpan.FromMinutes(10));

    public static ScanReport Of(string source, string name = "Plugin") => Of(new TestAssembly(name) { Source = source }.Build());

    public static ScanReport Of(byte[] content) => new AssemblyScanner(ScanRules.Create()).Scan(content);

    public static IEnumerable<string> Permissions(this ScanReport report) => report.Uses.Select(static u => u.Permission).Distinct();

    public static WarmScanner Child(TimeProvider? clock = null, ScannerLimits? limits = null, int heapMegabytes = 256)
        => new(() => ChildProgram.Start(heapMegabytes), ChildProgram.Obstacle, () => limits ?? Limits, clock ?? TimeProvider.System, NullLogger<WarmScanner>.Instance);
}
