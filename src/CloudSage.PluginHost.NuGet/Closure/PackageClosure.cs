using CloudSage.PluginHost.NuGet.Feeds;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Closure;

/// <summary>A package and everything it needs that the host does not provide.</summary>
/// <param name="Packages">The package itself first, then what it needs, each before what that needs.</param>
/// <param name="Demands">What they need of the host.</param>
internal sealed record PackageClosure(IReadOnlyList<ResolvedPackage> Packages, IReadOnlyList<HostDemand> Demands);

/// <summary>A package of a closure.</summary>
/// <param name="File">Its file.</param>
/// <param name="Dependencies">What it needs for this framework, without what the host provides.</param>
internal sealed record ResolvedPackage(CachedPackage File, IReadOnlyList<PackageDependency> Dependencies)
{
    public PackageIdentity Identity => File.Identity;

    /// <summary>What it needs that the host provides.</summary>
    public IReadOnlyList<HostDemand> Demands { get; init; } = [];
}

/// <summary>A package asks for something that the host provides.</summary>
/// <param name="Id">What is asked for.</param>
/// <param name="Range">In which versions.</param>
/// <param name="By">The package that asks.</param>
internal sealed record HostDemand(string Id, VersionRange Range, PackageIdentity By);
