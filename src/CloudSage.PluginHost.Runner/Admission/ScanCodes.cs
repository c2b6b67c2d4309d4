namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>
/// What is said of a plugin's code. All are errors, which refuse the plugin where the host is strict; where a policy is lenient, as in development, it may
/// lower them to warnings and let the plugin in, and the plugin can then do all that is said of it. Listed in docs/diagnostics.md.
/// </summary>
internal static class ScanCodes
{
    /// <summary>The plugin uses a power that its manifest asks for and nobody granted. Grant it. A strict host refuses the plugin, a lenient one warns.</summary>
    public const string NotGranted = "CSG2501";

    /// <summary>A file could not be looked at whole: damaged, crafted, or made of what the scanner does not know. Build it again. Strict: refused; lenient: a warning.</summary>
    public const string Unscannable = "CSG2502";

    /// <summary>The scanner's process died over a file. Build the file again; look at the scanner's memory limit. Strict: refused; lenient: a warning.</summary>
    public const string ScannerDied = "CSG2503";

    /// <summary>The scanner did not finish a file in time. Raise the limit, or leave the file out. Strict: refused; lenient: a warning.</summary>
    public const string ScannerSilent = "CSG2504";

    /// <summary>The scanner could not be started. Do what the message says. Strict: refused; lenient: a warning.</summary>
    public const string NoScanner = "CSG2505";

    /// <summary>Undeclared use of the network. Declare UseNetwork or network.allowed_hosts. Strict: refused; lenient: a warning.</summary>
    public const string Network = "CSG2510";

    /// <summary>Undeclared reading of files. Declare ReadFiles or filesystem. Strict: refused; lenient: a warning.</summary>
    public const string FilesRead = "CSG2511";

    /// <summary>Undeclared writing of files. Declare WriteFiles or filesystem with write access. Strict: refused; lenient: a warning.</summary>
    public const string FilesWritten = "CSG2512";

    /// <summary>Undeclared use of processes. Declare StartProcesses. Strict: refused; lenient: a warning.</summary>
    public const string Processes = "CSG2513";

    /// <summary>Undeclared reading of the environment. Declare ReadEnvironment. Strict: refused; lenient: a warning.</summary>
    public const string Environment = "CSG2514";

    /// <summary>Undeclared change of what belongs to the whole process. Declare ControlHost. Strict: refused; lenient: a warning.</summary>
    public const string HostControl = "CSG2515";

    /// <summary>Undeclared calls by reflection. Declare UseReflection. Strict: refused; lenient: a warning.</summary>
    public const string Reflection = "CSG2516";

    /// <summary>Undeclared code made at run time. Declare GenerateCode. Strict: refused; lenient: a warning.</summary>
    public const string GeneratedCode = "CSG2517";

    /// <summary>Undeclared unsafe code. Declare UseUnsafeCode. Strict: refused; lenient: a warning.</summary>
    public const string UnsafeCode = "CSG2518";

    /// <summary>Undeclared native code. Declare UseNativeCode. Strict: refused; lenient: a warning.</summary>
    public const string NativeCode = "CSG2519";

    /// <summary>Undeclared loading of assemblies. Declare LoadAssemblies. Strict: refused; lenient: a warning.</summary>
    public const string AssemblyLoads = "CSG2520";

    /// <summary>Undeclared code that runs at load. Declare RunAtLoad. Strict: refused; lenient: a warning.</summary>
    public const string EarlyCode = "CSG2521";
}
