using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Runner.Child;

/// <summary>How the scanner is started: this assembly as a program, with an environment of its own, and limits.</summary>
internal static class ChildProgram
{
    private const string Limiter = "/usr/bin/prlimit";

    /// <summary>What the runtime itself takes besides its heap, in MiB: measured at 90, given more.</summary>
    private const int Overhead = 256;

    /// <summary>Why it cannot be started here; null where it can.</summary>
    public static string? Obstacle()
    {
        if (Program.Length == 0) return "A single-file application holds no program that could scan.";
        if (!File.Exists(Settings)) return $"'{Settings}' is missing: publish the application with it.";
        return File.Exists(Muxer) ? null : "There is no 'dotnet' beside the runtime: a self-contained application cannot start the scanner.";
    }

    /// <param name="heapMegabytes">How large its heap may become.</param>
    public static ProcessStartInfo Start(int heapMegabytes)
    {
        // The limit of the kernel holds for what the runtime's own does not count. Where there is no prlimit, the runtime's own is all.
        var isLimited = OperatingSystem.IsLinux() && File.Exists(Limiter);
        var start = new ProcessStartInfo(isLimited ? Limiter : Muxer) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (isLimited)
        {
            foreach (var argument in (ReadOnlySpan<string>)[$"--data={(heapMegabytes + Overhead) * 1024L * 1024}", "--core=0", Muxer]) start.ArgumentList.Add(argument);
        }

        foreach (var argument in (ReadOnlySpan<string>)["exec", "--runtimeconfig", Settings, Program, ScanLoop.Command]) start.ArgumentList.Add(argument);
        SetEnvironment(start, heapMegabytes);
        return start;
    }

    /// <summary>Nothing of the host's: neither its secrets nor what it tells its runtime to load.</summary>
    private static void SetEnvironment(ProcessStartInfo start, int heapMegabytes)
    {
        var root = Environment.GetEnvironmentVariable("SystemRoot");
        start.Environment.Clear();
        // Windows starts nothing without it.
        if (OperatingSystem.IsWindows() && root is not null) start.Environment["SystemRoot"] = root;
        start.Environment["DOTNET_GCHeapHardLimit"] = (heapMegabytes * 1024L * 1024).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        // With one processor the runtime waits ten times as long before it compiles again, and better, what runs often: a warm scan takes a fifth of the time.
        start.Environment["DOTNET_TC_DelaySingleProcMultiplier"] = "1";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
    }

    private static string Program => typeof(ChildProgram).Assembly.Location;

    private static string Settings => Path.ChangeExtension(Program, ".runtimeconfig.json");

    /// <summary>The runtime lies in shared/NAME/VERSION below it.</summary>
    private static string Muxer => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
