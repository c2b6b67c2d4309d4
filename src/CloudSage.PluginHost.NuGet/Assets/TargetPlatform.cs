using System.Runtime.InteropServices;
using NuGet.RuntimeModel;

namespace CloudSage.PluginHost.NuGet.Assets;

/// <summary>The platforms that .NET knows (<c>linux-x64</c>), and which of them can stand in for which: as its host resolves them since .NET 8.</summary>
internal static class TargetPlatform
{
    private static readonly string[] Processors = ["x64", "x86", "arm64", "arm", "armel", "s390x", "ppc64le", "riscv64", "loongarch64"];

    /// <summary>This machine's.</summary>
    public static string Current
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal)
                    ? "linux-musl" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    public static RuntimeGraph Graph() => new(new[]
    {
        new RuntimeDescription("base"), new RuntimeDescription("any", ["base"]), new RuntimeDescription("unix", ["any"]), new RuntimeDescription("win", ["any"]),
        new RuntimeDescription("linux", ["unix"]), new RuntimeDescription("linux-musl", ["linux"]), new RuntimeDescription("osx", ["unix"]),
    }.Concat(Processors.SelectMany(static p => new[]
    {
        new RuntimeDescription($"unix-{p}", ["unix"]), new RuntimeDescription($"win-{p}", ["win"]), new RuntimeDescription($"linux-{p}", ["linux", $"unix-{p}"]),
        new RuntimeDescription($"linux-musl-{p}", ["linux-musl", $"linux-{p}"]), new RuntimeDescription($"osx-{p}", ["osx", $"unix-{p}"]),
    })));
}
