using System.Collections.Concurrent;
using NuGet.Configuration;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>The sources of one request and the cache before them. Lives as long as one question: what feeds say is remembered no longer.</summary>
internal sealed class PackageSources : IDisposable
{
    private const int MostAtOnce = 6;

    private readonly SourceSettings _settings;
    private readonly PackageOptions _options;
    private readonly IProgress<PackageProgress>? _progress;
    private readonly List<PackageFeed> _feeds;
    private readonly PackageCache _cache;
    private readonly SemaphoreSlim _slots = new(MostAtOnce);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<OfferedVersion>>>> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<Finding> _warnings = new();

    public PackageSources(SourceSettings settings, IReadOnlyList<string> wanted, PackageOptions options, TimeProvider clock, IProgress<PackageProgress>? progress = null)
    {
        (_settings, _options, _progress) = (settings, options, progress);
        _feeds = [.. settings.Choose(wanted).Select(source => new PackageFeed(source, options, clock))];
        _cache = new PackageCache(settings, options);
    }

    /// <summary>What was found besides what was asked for.</summary>
    public IReadOnlyList<Finding> Warnings => [.. _warnings.Distinct()];

    /// <summary>The versions that the sources offer, ascending; of several sources with one version the first is named.</summary>
    /// <exception cref="FindingException">A source fails, or none may offer the package.</exception>
    public Task<IReadOnlyList<OfferedVersion>> VersionsAsync(string id, CancellationToken cancellationToken)
        => _versions.GetOrAdd(id, key => new(() => ListAsync(key, (feed, token) => feed.VersionsAsync(key, token), cancellationToken))).Value;

    /// <summary>The same without what its author withdrew: what is chosen from where no version is named.</summary>
    /// <exception cref="FindingException">A source fails, or none may offer the package.</exception>
    public Task<IReadOnlyList<OfferedVersion>> ListedAsync(string id, CancellationToken cancellationToken)
        => ListAsync(id, (feed, token) => feed.ListedAsync(id, token), cancellationToken);

    /// <summary>Whether a package can be had without asking a source.</summary>
    public bool IsCached(PackageIdentity package) => _cache.Has(package, FeedsFor(package.Id));

    /// <summary>The package's file, from the cache or from a source; null where there is none.</summary>
    /// <exception cref="FindingException">A source fails, or what it gave is not the package.</exception>
    public async Task<CachedPackage?> GetAsync(PackageIdentity package, CancellationToken cancellationToken)
    {
        var feeds = FeedsFor(package.Id);
        if (await _cache.FindAsync(package, feeds, cancellationToken).ConfigureAwait(false) is { } cached) return cached;
        var offered = await VersionsAsync(package.Id, cancellationToken).ConfigureAwait(false);
        if (offered.FirstOrDefault(o => o.Version == package.Version) is not { } offer) return null;
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await FetchAsync(package, offer.Feed, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        foreach (var feed in _feeds) feed.Dispose();
        _slots.Dispose();
    }

    /// <exception cref="FindingException">None may offer the package, or one must not be used.</exception>
    public IReadOnlyList<PackageFeed> FeedsFor(string id)
    {
        var feeds = _feeds.Where(f => _settings.MayOffer(f.Source, id)).ToList();
        if (feeds.Count == 0)
        {
            throw new FindingException(Finding.Error(PackageCodes.NoSource,
                _feeds.Count == 0 ? "No package source is enabled." : $"None of the sources {Names()} is mapped to the package '{id}'.",
                _feeds.Count == 0 ? "Add one to NuGet.Config, or name a source." : "Map it in NuGet.Config (packageSourceMapping), or name its source as NuGet.Config does."));
        }

        foreach (var feed in feeds.Where(static f => IsInsecure(f.Source)))
        {
            throw new FindingException(Finding.Error(PackageCodes.SourceInsecure,
                $"The source '{feed.Source.Name}' ({SourceAddress.Shown(feed.Address)}) is reached over plain HTTP, where anyone on the way can change packages.",
                "Use its HTTPS address, or set allowInsecureConnections for it in NuGet.Config."));
        }

        return feeds;
    }

    private static bool IsInsecure(PackageSource source)
        => source is { IsHttp: true, IsHttps: false, AllowInsecureConnections: false } && !source.SourceUri.IsLoopback;

    private string Names() => string.Join(", ", _feeds.Select(static f => $"'{f.Source.Name}'"));

    private async Task<IReadOnlyList<OfferedVersion>> ListAsync(
        string id, Func<PackageFeed, CancellationToken, Task<IReadOnlyList<NuGetVersion>>> list, CancellationToken cancellationToken)
    {
        var listed = await Task.WhenAll(FeedsFor(id).Select(ListAsync)).ConfigureAwait(false);
        return [.. listed.SelectMany(static l => l).GroupBy(static o => o.Version).Select(static g => g.First()).OrderBy(static o => o.Version)];

        async Task<IReadOnlyList<OfferedVersion>> ListAsync(PackageFeed feed)
        {
            try
            {
                return [.. (await list(feed, cancellationToken).ConfigureAwait(false)).Select(version => new OfferedVersion(version, feed))];
            }
            catch (FindingException e) when (e.Finding.Severity != FindingSeverity.Error)
            {
                // The operator chose to go on without sources that fail.
                _warnings.Enqueue(e.Finding);
                return [];
            }
        }
    }

    private async Task<CachedPackage?> FetchAsync(PackageIdentity package, PackageFeed feed, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"csg-{Path.GetRandomFileName()}.nupkg");
        await using var content = new FileStream(
            file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        // Elsewhere than on Windows a name outlives a process that is killed; the open file needs none.
        if (!OperatingSystem.IsWindows()) File.Delete(file);
        Tell(PackageStep.Download);
        if (!await feed.DownloadAsync(package, content, cancellationToken).ConfigureAwait(false)) return null;
        Tell(PackageStep.Examine);
        content.Position = 0;
        var hash = Convert.ToBase64String(await System.Security.Cryptography.SHA512.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
        var stated = await feed.StatedHashAsync(package, cancellationToken).ConfigureAwait(false);
        if (stated is not null && stated != hash)
        {
            throw new FindingException(Finding.Error(PackageCodes.HashDiffers,
                $"{package} from '{feed.Source.Name}' has the SHA-512 {hash}, but the source states {stated}.", "Try again; if it stays so, tell whoever runs the source."));
        }

        content.Position = 0;
        await PackageExamination.CheckAsync(content, package.ToString(), _options.MaxFolderBytes, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        PackageContent.Check(content, package, feed.Source.Name);
        content.Position = 0;
        Tell(PackageStep.Keep);
        await _cache.AddAsync(package, content, feed, cancellationToken).ConfigureAwait(false);
        var kept = await _cache.FindAsync(package, [feed], cancellationToken).ConfigureAwait(false);
        return kept is null ? null : kept with { IsHashStated = stated is not null };

        void Tell(PackageStep step) => _progress?.Report(new PackageProgress(step, package.ToString()));
    }
}

/// <summary>A version that a source has.</summary>
/// <param name="Version">The version.</param>
/// <param name="Feed">The source.</param>
internal sealed record OfferedVersion(NuGetVersion Version, PackageFeed Feed);
