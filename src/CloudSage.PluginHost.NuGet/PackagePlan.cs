using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.NuGet;

/// <summary>What would be installed. Nothing has been written but the cache of packages.</summary>
/// <param name="Request">What was asked for.</param>
public sealed record PackagePlan(PackageRequest Request)
{
    /// <summary>Everything that was found; an error keeps the plan from being carried out.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Whether it can be carried out.</summary>
    public bool IsReady => Content is not null && Findings.All(static f => f.Severity != FindingSeverity.Error);

    /// <summary>The plugin's manifest; null where the package has none that can be read.</summary>
    public PluginManifest? Manifest { get; init; }

    /// <summary>The plugin's package first, then what it needs. Empty where it was not found.</summary>
    public IReadOnlyList<PlannedPackage> Packages { get; init; } = [];

    /// <summary>What is left out because the host provides it.</summary>
    public IReadOnlyList<ProvidedPackage> Provided { get; init; } = [];

    internal PlannedContent? Content { get; init; }
}

/// <summary>What a plugin's folder is made of.</summary>
/// <param name="Files">What is taken out of packages.</param>
/// <param name="Manifest">The text of the manifest.</param>
/// <param name="EntryPoint">Its entry point: the deps.json lies beside it.</param>
/// <param name="DependencyFile">The text of the deps.json; null where the entry point is no assembly.</param>
internal sealed record PlannedContent(IReadOnlyList<PlannedFile> Files, ReadOnlyMemory<byte> Manifest, string EntryPoint, ReadOnlyMemory<byte>? DependencyFile);

/// <summary>A file that is taken out of a package.</summary>
/// <param name="Package">The package file.</param>
/// <param name="PackageHash">The SHA-512 that the package file had when the plan was made, in base64.</param>
/// <param name="Entry">Its path in the package.</param>
/// <param name="Target">Its path in the plugin's folder.</param>
internal sealed record PlannedFile(string Package, string PackageHash, string Entry, string Target);
