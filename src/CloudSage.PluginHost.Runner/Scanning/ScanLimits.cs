namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>How far a scan goes before it takes a file for crafted. Compilers stay far below all of it.</summary>
internal static class ScanLimits
{
    /// <summary>The longest signature, in bytes.</summary>
    public const int SignatureBytes = 4096;

    /// <summary>How deep types may be nested, in each other and in signatures.</summary>
    public const int Nesting = 64;

    /// <summary>The longest name of a type or member, in bytes.</summary>
    public const int NameBytes = 2048;

    /// <summary>The rows of all tables together.</summary>
    public const int Rows = 4_000_000;

    /// <summary>The code of all methods together, in bytes.</summary>
    public const long CodeBytes = 128L << 20;

    /// <summary>The largest file, in bytes.</summary>
    public const long FileBytes = 128L << 20;

    /// <summary>How many different uses are told of one file.</summary>
    public const int Uses = 256;

    /// <summary>The stack of the thread that scans, in bytes: what follows a crafted structure must not run out of it.</summary>
    public const int StackBytes = 16 << 20;
}
