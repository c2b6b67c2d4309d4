using CloudSage.PluginHost.Manifests;
using NuGet.Versioning;

namespace CloudSage.PluginHost.Verification;

/// <summary>A plugin that was read, staged and found fit to load: immutable, everything resolved, nothing live.</summary>
internal sealed record PluginDescriptor
{
    public required PluginManifest Manifest { get; init; }

    /// <summary>The manifest's version, parsed.</summary>
    public required SemanticVersion Version { get; init; }

    /// <summary>The hash of the staged files: what identifies this content.</summary>
    public required string Hash { get; init; }

    /// <summary>The folder in the store that holds exactly the verified files.</summary>
    public required string Directory { get; init; }

    /// <summary>The absolute path of the entry file in the store.</summary>
    public required string EntryPath { get; init; }

    /// <summary>The file or folder in the plugin directory that it came from.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// The simple names of the assemblies beside the entry assembly, where all libraries of the plugin lie there and go by their names; null where more must be
    /// known to find them.
    /// </summary>
    public IReadOnlyList<string>? FlatAssemblies { get; init; }

    /// <summary>What was found that does not keep it from being used.</summary>
    public IReadOnlyList<Finding> Warnings { get; init; } = [];

    public string Name => Manifest.Name;
}
