using System.Runtime.InteropServices;

namespace CloudSage.Benchmarks.Measuring;

/// <summary>What the figures were taken on.</summary>
internal static class Machine
{
    public static string Describe()
        => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors ({Processor()}), "
            + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.FrameworkDescription}, "
            + $"{(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} GC";

    /// <summary>The load of the last minute, where the system tells.</summary>
    public static string Load()
        => OperatingSystem.IsLinux() ? $"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}" : "load average unknown";

    private static string Processor()
        => OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown"
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
}
