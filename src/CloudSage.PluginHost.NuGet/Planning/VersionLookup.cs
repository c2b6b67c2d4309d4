using System.Globalization;
using CloudSage.PluginHost.NuGet.Feeds;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Planning;

/// <summary>What sources say of the versions of one package.</summary>
internal static class VersionLookup
{
    public static async Task<NewerVersions> NewerAsync(string version, PackageRequest request, PackageSources sources, CancellationToken cancellationToken)
    {
        try
        {
            var current = RootVersion.Installed(request.Id, version);
            var range = RootVersion.RangeOf(request);
            List<NuGetVersion> higher = [.. (await sources.ListedAsync(request.Id, cancellationToken).ConfigureAwait(false)).Select(static o => o.Version).Where(v => v > current)];
            var (allowed, others) = (higher.Where(v => RootVersion.Allows(request, range, v)).ToList(), await UnlistedAsync(request.Id, current, higher, sources, cancellationToken).ConfigureAwait(false));
            return new NewerVersions(
                [.. allowed.Select(static v => v.ToNormalizedString())], higher.LastOrDefault(v => RootVersion.Allows(request, VersionRange.All, v))?.ToNormalizedString(), sources.Warnings)
            {
                PassedOver = [.. higher.Except(allowed).Concat(others).Order().Select(v => new PassedOverVersion(v.ToNormalizedString(), Why(v, range, others)))],
            };
        }
        catch (FindingException e)
        {
            // A source that fails, or a version or range that cannot be read.
            return new NewerVersions([], null, [e.Finding, .. sources.Warnings]);
        }
    }

    public static async Task<DateTimeOffset?> PublishedAsync(string version, string id, PackageSources sources, CancellationToken cancellationToken)
    {
        try
        {
            var package = new PackageIdentity(id, RootVersion.Installed(id, version));
            var offered = (await sources.VersionsAsync(id, cancellationToken).ConfigureAwait(false)).FirstOrDefault(o => o.Version == package.Version);
            var stated = offered is null ? null : await offered.Feed.PublishedAsync(package, cancellationToken).ConfigureAwait(false);
            // Feeds write the year 1900 where they do not say when.
            return DateTimeOffset.TryParse(stated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var published) && published.Year > 2000 ? published : null;
        }
        catch (FindingException)
        {
            // What is not known is not said; whoever asks does without.
            return null;
        }
    }

    private static VersionObstacle Why(NuGetVersion version, VersionRange range, IReadOnlyCollection<NuGetVersion> unlisted)
        => !RootVersion.Satisfies(range, version) ? VersionObstacle.OutOfRange : unlisted.Contains(version) ? VersionObstacle.Unlisted : VersionObstacle.Prerelease;

    private static async Task<IReadOnlyCollection<NuGetVersion>> UnlistedAsync(
        string id, NuGetVersion current, IReadOnlyCollection<NuGetVersion> listed, PackageSources sources, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await sources.VersionsAsync(id, cancellationToken).ConfigureAwait(false)).Select(static o => o.Version).Where(v => v > current).Except(listed)];
        }
        catch (FindingException)
        {
            // What may be taken is known by now; that nothing can be said of what may not is no reason to take nothing.
            return [];
        }
    }
}
