namespace CloudSage.PluginHost.Discovery;

/// <summary>Which of a plugin's files can be asked whether they are whole.</summary>
internal static class LibraryFormat
{
    public static LibraryKind Of(string relativePath)
    {
        var name = relativePath[(relativePath.LastIndexOf('/') + 1)..].ToLowerInvariant();
        if (name.EndsWith(".deps.json", StringComparison.Ordinal))
            return LibraryKind.DependencyFile;
        if (name.EndsWith(".dll", StringComparison.Ordinal) || name.EndsWith(".exe", StringComparison.Ordinal))
            return LibraryKind.PortableExecutable;
        // Programs and libraries of Linux; other files of such names are told by their first bytes.
        var mayBeElf = name.EndsWith(".so", StringComparison.Ordinal) || name.Contains(".so.", StringComparison.Ordinal)
            || !name.Contains('.', StringComparison.Ordinal);
        return mayBeElf ? LibraryKind.Elf : LibraryKind.Other;
    }
}

/// <summary>How a file is checked for wholeness.</summary>
internal enum LibraryKind
{
    /// <summary>Nothing says how long it should be.</summary>
    Other,

    /// <summary>DLL or EXE, managed or native.</summary>
    PortableExecutable,

    /// <summary>Perhaps a program or library of Linux; its first bytes tell.</summary>
    Elf,

    /// <summary>A deps.json.</summary>
    DependencyFile,
}
