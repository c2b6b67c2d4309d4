using System.Security.Cryptography;
using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Packaging.Signing;
using NuGet.Protocol;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>Packages that were fetched before, laid out as NuGet does: one folder is written to, others are only read.</summary>
internal sealed class PackageCache
{
    /// <summary>A folder of the cache that is no package's, for packages of which another source gave the same version.</summary>
    private const string BySource = ".sources";

    private readonly string _own;
    private readonly ClientPolicyContext _policy;
    private readonly IReadOnlyList<VersionFolderPathResolver> _folders;

    public PackageCache(SourceSettings settings, PackageOptions options)
    {
        _own = Path.GetFullPath(options.CacheDirectory ?? settings.GlobalPackages);
        _policy = settings.ClientPolicy;
        _folders = [.. new[] { _own, settings.GlobalPackages }.Concat(settings.FallbackPackages).Distinct().Select(static f => new VersionFolderPathResolver(f))];
    }

    /// <summary>The folder that is written to.</summary>
    public string Folder => _own;

    /// <summary>A package that came from one of the sources that may offer it; null where there is none.</summary>
    /// <exception cref="FindingException">It was changed since.</exception>
    public async Task<CachedPackage?> FindAsync(PackageIdentity package, IReadOnlyList<PackageFeed> feeds, CancellationToken cancellationToken)
    {
        foreach (var folder in _folders.Concat(feeds.Select(Beside)))
        {
            if (await FindInAsync(folder, package, feeds, cancellationToken).ConfigureAwait(false) is { } found) return found;
        }

        return null;
    }

    /// <summary>Whether such a package is there, without a look into it.</summary>
    public bool Has(PackageIdentity package, IReadOnlyList<PackageFeed> feeds)
        => _folders.Concat(feeds.Select(Beside)).Any(folder => SourceOf(folder, package) is { } source && feeds.Any(f => SourceAddress.AreSame(f.Address, source)));

    /// <summary>Says where the cache has other bytes as the same version of the same package, from another source; null where it has none.</summary>
    public async Task<Finding?> DifferingAsync(CachedPackage package, CancellationToken cancellationToken)
    {
        foreach (var folder in _folders)
        {
            var known = folder.GetHashPath(package.Identity.Id, package.Identity.Version);
            if (SourceOf(folder, package.Identity) is not { } other || SourceAddress.AreSame(other, package.Source) || !File.Exists(known)) continue;
            var hash = (await File.ReadAllTextAsync(known, cancellationToken).ConfigureAwait(false)).Trim();
            if (hash == package.Hash) continue;
            return Finding.Warning(PackageCodes.SourcesDiffer,
                $"{package.Identity} from {SourceAddress.Shown(package.Source)} is not what the cache has of that version from {SourceAddress.Shown(other)}: the SHA-512 is {package.Hash} here and {hash} there.",
                "It is taken from the source that serves now. Find out which of the two is its author's.");
        }

        return null;
    }

    /// <summary>Keeps a package that was downloaded: beside one of another source, never in its place, for other programs use that.</summary>
    /// <exception cref="FindingException">Its signature does not hold, or NuGet.Config asks for another.</exception>
    public async Task AddAsync(PackageIdentity package, Stream content, PackageFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            using var added = await GlobalPackagesFolderUtility.AddPackageAsync(
                feed.Address, package, content, FolderFor(package, feed), Guid.Empty, _policy, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        }
        catch (SignatureException e)
        {
            // NuGet keeps no package whose signature its own policy refuses.
            var issues = e.Results?.SelectMany(static r => r.GetErrorIssues()).Select(static i => $"{i.Code}: {i.Message}").Distinct() ?? [$"{e.Code}: {e.Message}"];
            throw new FindingException(Finding.Error(PackageCodes.SignatureBroken, $"The signature of {package} does not hold. {string.Join(" ", issues)}",
                "Fetch the package again; do not use this one."));
        }
    }

    private string FolderFor(PackageIdentity package, PackageFeed feed)
    {
        VersionFolderPathResolver folder = new(_own);
        var isFree = !File.Exists(folder.GetNupkgMetadataPath(package.Id, package.Version));
        return isFree || (SourceOf(folder, package) is { } source && SourceAddress.AreSame(source, feed.Address)) ? _own : Beside(feed).RootPath;
    }

    private VersionFolderPathResolver Beside(PackageFeed feed) => new(Path.Combine(_own, BySource, SourceAddress.Key(feed.Address)));

    private static async Task<CachedPackage?> FindInAsync(
        VersionFolderPathResolver folder, PackageIdentity package, IReadOnlyList<PackageFeed> feeds, CancellationToken cancellationToken)
    {
        var path = folder.GetPackageFilePath(package.Id, package.Version);
        if (SourceOf(folder, package) is not { } source || !feeds.Any(f => SourceAddress.AreSame(f.Address, source)) || !File.Exists(path)) return null;
        var hash = await HashOfAsync(path, cancellationToken).ConfigureAwait(false);
        var known = folder.GetHashPath(package.Id, package.Version);
        if (File.Exists(known) && (await File.ReadAllTextAsync(known, cancellationToken).ConfigureAwait(false)).Trim() is var before && before != hash)
        {
            throw new FindingException(Finding.Error(PackageCodes.CacheDamaged, $"The cached file of {package} was changed since it was fetched: '{path}'.",
                $"Delete the folder '{Path.GetDirectoryName(path)}' and try again."));
        }

        return new CachedPackage(package, path, source, hash, IsHashStated: false);
    }

    /// <summary>NuGet writes this file last: without it the folder is not complete.</summary>
    private static string? SourceOf(VersionFolderPathResolver folder, PackageIdentity package)
    {
        var path = folder.GetNupkgMetadataPath(package.Id, package.Version);
        try
        {
            return File.Exists(path) ? NupkgMetadataFileFormat.Read(path).Source : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or System.Text.Json.JsonException or Newtonsoft.Json.JsonException)
        {
            // Unreadable is as good as absent: the package is fetched again.
            return null;
        }
    }

    public static async Task<string> HashOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }
}
