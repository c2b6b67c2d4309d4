using CloudSage.PluginHost.NuGet.Feeds;
using NuGet.Frameworks;
using NuGet.Packaging.Core;

namespace CloudSage.PluginHost.NuGet.Closure;

/// <summary>
/// Collects every package that the solver may choose from: of each range that something asks for, the version that suits it best. The greatest of the lowest
/// versions satisfies whatever can be satisfied, so no others are needed.
/// </summary>
internal sealed class ClosureGathering(PackageSources sources, HostAssemblies host, NuGetFramework framework, PackageRequest request)
{
    private readonly Dictionary<PackageIdentity, ResolvedPackage> _found = new(PackageIdentity.Comparer);

    /// <exception cref="FindingException">A source fails, or something is nowhere to be found.</exception>
    public async Task<IReadOnlyCollection<ResolvedPackage>> GatherAsync(CachedPackage root, CancellationToken cancellationToken)
    {
        _found.Add(root.Identity, Read(root));
        List<PackageIdentity> level = [root.Identity];
        while (level.Count > 0)
        {
            var wanted = level.SelectMany(p => _found[p].Dependencies.Select(d => (Dependency: d, By: p)))
                .DistinctBy(static w => (w.Dependency.Id.ToUpperInvariant(), w.Dependency.VersionRange));
            var chosen = await Task.WhenAll(wanted.Select(w => ChooseAsync(w.Dependency, w.By, cancellationToken))).ConfigureAwait(false);
            level = [.. chosen.Distinct(PackageIdentity.Comparer).Where(p => !_found.ContainsKey(p))];
            foreach (var package in await Task.WhenAll(level.Select(p => FetchAsync(p, cancellationToken))).ConfigureAwait(false))
                _found.Add(package.Identity, package);
        }

        return _found.Values;
    }

    private async Task<ResolvedPackage> FetchAsync(PackageIdentity package, CancellationToken cancellationToken)
        => Read(await sources.GetAsync(package, cancellationToken).ConfigureAwait(false) ?? throw Missing(package.Id, package.Version.ToNormalizedString(), null, []));

    private ResolvedPackage Read(CachedPackage file)
    {
        var groups = PackageContent.Read(file, static p => p.NuspecReader.GetDependencyGroups().ToList());
        var nearest = new FrameworkReducer().GetNearest(framework, groups.Select(static g => g.TargetFramework));
        var all = nearest is null ? [] : groups.First(g => g.TargetFramework.Equals(nearest)).Packages.ToList();
        return new ResolvedPackage(file, [.. all.Where(d => !host.IsShared(d.Id) && !IsPartOfFramework(d))])
        {
            Demands = [.. all.Where(d => host.IsShared(d.Id)).Select(d => new HostDemand(d.Id, d.VersionRange, file.Identity))],
        };
    }

    /// <summary>Packages from before .NET held them itself, such as System.Memory: .NET's own are newer.</summary>
    private bool IsPartOfFramework(PackageDependency dependency)
        => host.FrameworkVersion(dependency.Id) is { } version && (dependency.VersionRange.MinVersion is not { } least || least.Version <= version);

    private async Task<PackageIdentity> ChooseAsync(PackageDependency dependency, PackageIdentity by, CancellationToken cancellationToken)
    {
        var range = dependency.VersionRange;
        var highest = request.Dependencies == DependencyVersions.Highest;
        // As NuGet does: the lowest version that is asked for needs no feed if it is here.
        if (!highest && range is { HasLowerBound: true, IsMinInclusive: true } && new PackageIdentity(dependency.Id, range.MinVersion) is var least && sources.IsCached(least))
            return least;

        var offered = await sources.VersionsAsync(dependency.Id, cancellationToken).ConfigureAwait(false);
        var mayBePrerelease = request.AllowPrerelease || range.MinVersion?.IsPrerelease == true;
        var fit = offered.Select(static o => o.Version).Where(v => range.Satisfies(v) && (mayBePrerelease || !v.IsPrerelease)).ToList();
        var version = highest || range.IsFloating ? fit.LastOrDefault() : fit.FirstOrDefault();
        return version is null ? throw Missing(dependency.Id, range.PrettyPrint(), by, offered) : new PackageIdentity(dependency.Id, version);
    }

    private static FindingException Missing(string id, string wanted, PackageIdentity? by, IReadOnlyList<OfferedVersion> offered)
    {
        var there = offered.Count == 0 ? "no source has the package" : $"the sources have {string.Join(", ", offered.TakeLast(5).Select(static o => o.Version.ToNormalizedString()))}";
        return new FindingException(Finding.Error(PackageCodes.DependencyNotFound,
            $"{(by is null ? "The plugin" : by)} needs {id} {wanted}, but {there}.", "Add the source that has it, or take a version of the plugin that needs another."));
    }
}
