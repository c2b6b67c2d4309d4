namespace CloudSage.PluginHost.NuGet;

/// <summary>One package of a plan.</summary>
/// <param name="Id">Its id, spelt as in the package.</param>
/// <param name="Version">Its normalized version.</param>
/// <param name="Source">The address of the source that it comes from.</param>
public sealed record PlannedPackage(string Id, string Version, string Source)
{
    /// <summary>The SHA-512 of the package file, in base64: what feeds state as <c>packageHash</c>.</summary>
    public required string PackageHash { get; init; }

    /// <summary>Whether the source states that hash, and it was compared.</summary>
    public bool IsHashStated { get; init; }

    /// <summary>The licence: an SPDX expression, <c>file NAME</c>, or an address; null where the package says nothing.</summary>
    public string? License { get; init; }

    /// <summary>Who signed it.</summary>
    public PackageSignature Signature { get; init; } = PackageSignature.None;

    /// <summary>The files of it that the plugin's folder gets, with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>A package that a plugin asks for and the host provides: it is not installed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Range">The versions that are asked for.</param>
/// <param name="HostVersion">What the host has.</param>
public sealed record ProvidedPackage(string Id, string Range, string HostVersion);
