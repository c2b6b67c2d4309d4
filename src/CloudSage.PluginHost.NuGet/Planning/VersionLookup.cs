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
            var current = NuGetVersion.Parse(version);
            var range = RootVersion.RangeOf(request);
            List<NuGetVersion> higher = [.. (await sources.ListedAsync(request.Id, cancellationToken).ConfigureAwait(false)).Select(static o => o.Version).Where(v => v > current)];
            return new NewerVersions(
                [.. higher.Where(v => RootVersion.Allows(request, range, v)).Select(static v => v.ToNormalizedString())],
                higher.LastOrDefault(v => RootVersion.Allows(request, VersionRange.All, v))?.ToNormalizedString(), sources.Warnings);
        }
        catch (FindingException e)
        {
            // A source that fails, or a range that cannot be read.
            return new NewerVersions([], null, [e.Finding, .. sources.Warnings]);
        }
    }

    public static async Task<DateTimeOffset?> PublishedAsync(string version, string id, PackageSources sources, CancellationToken cancellationToken)
    {
        try
        {
            var package = new PackageIdentity(id, NuGetVersion.Parse(version));
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
}
