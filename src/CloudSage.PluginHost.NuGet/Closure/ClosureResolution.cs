using CloudSage.PluginHost.NuGet.Feeds;
using NuGet.Common;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Resolver;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Closure;

/// <summary>Chooses one version of every package, and says where that, or what the host has, does not suit.</summary>
internal static class ClosureResolution
{
    /// <exception cref="FindingException">No choice suits everything.</exception>
    public static PackageClosure Resolve(
        PackageIdentity root, IReadOnlyCollection<ResolvedPackage> available, PackageRequest request, CancellationToken cancellationToken)
    {
        var context = new PackageResolverContext(
            request.Dependencies == DependencyVersions.Highest ? DependencyBehavior.Highest : DependencyBehavior.Lowest,
            targetIds: [root.Id], requiredPackageIds: [], packagesConfig: [], preferredVersions: [root],
            availablePackages: available.Select(static p => new SourcePackageDependencyInfo(p.Identity, p.Dependencies, listed: true, source: null, downloadUri: null, packageHash: null)),
            packageSources: [], NullLogger.Instance);
        try
        {
            var chosen = new PackageResolver().Resolve(context, cancellationToken).ToHashSet(PackageIdentity.Comparer);
            // The solver puts what is needed first; people look for the plugin first.
            var packages = InOrder(available.Single(p => PackageIdentity.Comparer.Equals(p.Identity, root)), [.. available.Where(p => chosen.Contains(p.Identity))]);
            return new PackageClosure(packages, [.. packages.SelectMany(static p => p.Demands)]);
        }
        catch (NuGetResolverException e)
        {
            // Its words name the packages and the ranges that exclude each other.
            throw new FindingException(Finding.Error(PackageCodes.DependencyConflict, $"No choice of versions suits everything that {root} needs: {e.Message}",
                "Take a version of the plugin whose dependencies agree."));
        }
    }

    /// <summary>What the closure asks of the host, and where the host cannot give it.</summary>
    public static IEnumerable<Finding> JudgeDemands(PackageClosure closure, HostAssemblies host)
    {
        foreach (var demand in closure.Demands)
        {
            var has = host.PackageVersion(demand.Id);
            var (range, shown) = (demand.Range, has.ToNormalizedString());
            if (range.HasUpperBound && VersionComparer.VersionRelease.Compare(has, range.MaxVersion) is var order && (order > 0 || (order == 0 && !range.IsMaxInclusive)))
            {
                yield return Finding.Error(PackageCodes.HostRefused, $"{demand.By} accepts {demand.Id} {range.PrettyPrint()} only; this host has {shown}.",
                    "Take a version of the plugin that accepts the host's.");
            }
            else if (range.MinVersion is { } least && VersionComparer.VersionRelease.Compare(has, least) < 0)
            {
                // Patches add nothing that code could miss, and their assemblies bear the same version.
                var isPatch = (has.Major, has.Minor) == (least.Major, least.Minor) && has.Major > 0;
                yield return new Finding(PackageCodes.HostTooOld, isPatch ? FindingSeverity.Warning : FindingSeverity.Error,
                    $"{demand.By} needs {demand.Id} {least.ToNormalizedString()}; this host has {shown}{(isPatch ? ", which differs in the patch alone" : string.Empty)}.",
                    "Update the host, or take an older version of the plugin.");
            }
        }
    }

    private static List<ResolvedPackage> InOrder(ResolvedPackage root, IReadOnlyList<ResolvedPackage> chosen)
    {
        var byId = chosen.ToDictionary(static p => p.Identity.Id, StringComparer.OrdinalIgnoreCase);
        var order = new List<ResolvedPackage>();
        var waiting = new Queue<ResolvedPackage>([root]);
        while (waiting.TryDequeue(out var next))
        {
            if (order.Contains(next)) continue;
            order.Add(next);
            foreach (var dependency in next.Dependencies)
                if (byId.TryGetValue(dependency.Id, out var needed)) waiting.Enqueue(needed);
        }

        return order;
    }
}
