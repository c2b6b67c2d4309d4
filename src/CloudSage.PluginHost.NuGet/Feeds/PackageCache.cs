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
    private readonly string _own;
    private readonly ClientPolicyContext _policy;
    private readonly IReadOnlyList<VersionFolderPathResolver> _folders;

    public PackageCache(SourceSettings settings, PackageOptions options)
    {
        _own = Path.GetFullPath(options.CacheDirectory ?? settings.GlobalPackages);
        _policy = settings.ClientPolicy;
        _folders = [.. new[] { _own, settings.GlobalPackages }.Concat(settings.FallbackPackages).Distinct().Select(static f => new VersionFolderPathResolver(f))];
    }

    /// <summary>A package that came from one of the sources that may offer it; null where there is none.</summary>
    /// <exception cref="FindingException">It was changed since.</exception>
    public async Task<CachedPackage?> FindAsync(PackageIdentity package, IReadOnlyList<PackageFeed> feeds, CancellationToken cancellationToken)
    {
        foreach (var folder in _folders)
        {
            if (await FindInAsync(folder, package, feeds, cancellationToken).ConfigureAwait(false) is { } found) return found;
        }

        return null;
    }

    /// <summary>Whether such a package is there, without a look into it.</summary>
    public bool Has(PackageIdentity package, IReadOnlyList<PackageFeed> feeds)
        => _folders.Any(folder => SourceOf(folder, package) is { } source && feeds.Any(f => SourceAddress.AreSame(f.Address, source)));

    /// <summary>Keeps a package that was downloaded.</summary>
    /// <exception cref="FindingException">Its signature does not hold, or NuGet.Config asks for another.</exception>
    public async Task AddAsync(PackageIdentity package, Stream content, PackageFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            using var added = await GlobalPackagesFolderUtility.AddPackageAsync(
                feed.Address, package, content, _own, Guid.Empty, _policy, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        }
        catch (SignatureException e)
        {
            // NuGet keeps no package whose signature its own policy refuses.
            var issues = e.Results?.SelectMany(static r => r.GetErrorIssues()).Select(static i => $"{i.Code}: {i.Message}").Distinct() ?? [$"{e.Code}: {e.Message}"];
            throw new FindingException(Finding.Error(PackageCodes.SignatureBroken, $"The signature of {package} does not hold. {string.Join(" ", issues)}",
                "Fetch the package again; do not use this one."));
        }
    }

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
