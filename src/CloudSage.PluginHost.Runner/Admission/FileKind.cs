namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>What a file is by its first bytes, whatever it is called: code can be loaded from any name.</summary>
internal enum FileKind
{
    /// <summary>Nothing that a processor or the runtime would run.</summary>
    Data,

    /// <summary>What Windows and .NET make programs and libraries of.</summary>
    PortableExecutable,

    /// <summary>A program or library of Linux or macOS.</summary>
    Native,
}
