namespace CloudSage.PluginHost.Verification.Metadata;

/// <summary>What a file is that should be a .NET assembly.</summary>
/// <param name="RelativePath">Its path in the plugin.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Facts">What its metadata says; null where there is none to be read.</param>
/// <param name="Reason">For damaged ones, what is amiss.</param>
internal sealed record AssemblyImage(string RelativePath, ImageKind Kind, AssemblyFacts? Facts = null, string? Reason = null);

/// <summary>What the metadata of an assembly says.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Version">Its version.</param>
/// <param name="References">The assemblies that it references.</param>
internal sealed record AssemblyFacts(string Name, Version Version, IReadOnlyList<AssemblyReferenceFacts> References)
{
    /// <summary>As compilers write it, such as <c>.NETCoreApp,Version=v10.0</c>; null where it is not said.</summary>
    public string? TargetFramework { get; init; }

    public bool Needs32Bit { get; init; }

    /// <summary>Whether it has code that runs as soon as anything of it is used.</summary>
    public bool HasModuleInitializer { get; init; }
}

/// <summary>A reference to an assembly.</summary>
internal sealed record AssemblyReferenceFacts(string Name, Version Version);

/// <summary>What a file is that should be a .NET assembly.</summary>
internal enum ImageKind
{
    /// <summary>An assembly of .NET code, precompiled or not.</summary>
    Managed,

    /// <summary>An assembly for compilers: it has no code.</summary>
    ReferenceOnly,

    /// <summary>.NET and native code in one.</summary>
    MixedMode,

    /// <summary>A native library or program.</summary>
    Native,

    /// <summary>No library at all.</summary>
    Foreign,

    /// <summary>Empty or cut off.</summary>
    Truncated,

    /// <summary>Its metadata makes no sense.</summary>
    Damaged,
}
