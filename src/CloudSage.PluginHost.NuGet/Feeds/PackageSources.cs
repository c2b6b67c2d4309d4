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
    private readonly RecordedSource? _recorded;
    private readonly PackageCache _cache;
    private readonly SemaphoreSlim _slots = new(MostAtOnce);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<OfferedVersion>>>> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<Finding> _warnings = new();

    public PackageSources(SourceSettings settings, PackageRequest request, PackageOptions options, TimeProvider clock, IProgress<PackageProgress>? progress = null)
    {
        (_settings, _options, _progress) = (settings, options, progress);
        _recorded = RecordedSource.Of(request, settings);
        // A source that only the lock file knows comes first: see ListAsync.
        IEnumerable<PackageSource> chosen = _recorded is { IsConfigured: false } ? [_recorded.Source, .. settings.Enabled] : settings.Choose(request.Sources);
        _feeds = [.. chosen.Select(source => new PackageFeed(source, options, clock))];
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
    public bool IsCached(PackageIdentity package) => _cache.Has(package, FirstFor(package.Id));

    /// <summary>The package's file, from the cache or from a source; null where there is none.</summary>
    /// <exception cref="FindingException">A source fails, or what it gave is not the package.</exception>
    public async Task<CachedPackage?> GetAsync(PackageIdentity package, CancellationToken cancellationToken)
    {
        var file = await _cache.FindAsync(package, FirstFor(package.Id), cancellationToken).ConfigureAwait(false);
        if (file is null)
        {
            var offered = await VersionsAsync(package.Id, cancellationToken).ConfigureAwait(false);
            if (offered.FirstOrDefault(o => o.Version == package.Version)?.Feed is not { } feed) return null;
            file = await _cache.FindAsync(package, [feed], cancellationToken).ConfigureAwait(false) ?? await FetchInTurnAsync(package, feed, cancellationToken).ConfigureAwait(false);
        }

        if (file is not null && await _cache.DifferingAsync(file, cancellationToken).ConfigureAwait(false) is { } differing) _warnings.Enqueue(differing);
        return file;
    }

    public void Dispose()
    {
        foreach (var feed in _feeds) feed.Dispose();
        _slots.Dispose();
    }

    /// <exception cref="FindingException">None may offer the package, or one must not be used.</exception>
    public IReadOnlyList<PackageFeed> FeedsFor(string id)
    {
        if (_recorded is { Obstacle: { } obstacle }) throw new FindingException(obstacle);
        var feeds = _feeds.Where(f => _recorded?.IsOf(id) == true ? ReferenceEquals(f.Source, _recorded.Source) : _settings.MayOffer(f.Source, id)).ToList();
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

    /// <summary>The sources that are asked first. One that NuGet.Config does not have was all that there was when the plugin was installed: what it has comes from no other.</summary>
    private IReadOnlyList<PackageFeed> FirstFor(string id) => FeedsFor(id) is var feeds && _recorded is { IsConfigured: false } ? [.. feeds.Take(1)] : feeds;

    /// <summary>What is no address at all is not reached in any way: the question to it fails.</summary>
    private static bool IsInsecure(PackageSource source)
        => source is { IsHttp: true, IsHttps: false, AllowInsecureConnections: false, TrySourceAsUri.IsLoopback: false };

    private string Names() => string.Join(", ", _feeds.Select(static f => $"'{f.Source.Name}'"));

    private async Task<IReadOnlyList<OfferedVersion>> ListAsync(
        string id, Func<PackageFeed, CancellationToken, Task<IReadOnlyList<NuGetVersion>>> list, CancellationToken cancellationToken)
    {
        var first = FirstFor(id);
        var listed = await Task.WhenAll(first.Select(ListAsync)).ConfigureAwait(false);
        if (listed.All(static l => l.Count == 0)) listed = await Task.WhenAll(FeedsFor(id).Except(first).Select(ListAsync)).ConfigureAwait(false);
        return [.. listed.SelectMany(static l => l).GroupBy(static o => o.Version).Select(static g => g.First()).OrderBy(static o => o.Version)];

        async Task<List<OfferedVersion>> ListAsync(PackageFeed feed)
        {
            try
            {
                return [.. (await list(feed, cancellationToken).ConfigureAwait(false)).Select(version => new OfferedVersion(version, feed))];
            }
            catch (FindingException e) when (_options.SkipFailedSources && e.Finding.Code == PackageCodes.SourceFails)
            {
                // The operator chose to go on without sources that fail. Without what one of them listed there is nothing to go on with.
                _warnings.Enqueue(e.Finding with { Severity = FindingSeverity.Warning });
                return [];
            }
        }
    }

    private async Task<CachedPackage?> FetchInTurnAsync(PackageIdentity package, PackageFeed feed, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await FetchAsync(package, feed, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
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
        return kept is not null ? kept with { IsHashStated = stated is not null }
            : throw new FindingException(Finding.Error(PackageCodes.CacheDamaged, $"{package} cannot be kept in the cache: its folder there is not whole.", $"Delete the folders of {package.Id} in '{_cache.Folder}' and try again."));

        void Tell(PackageStep step) => _progress?.Report(new PackageProgress(step, package.ToString()));
    }
}

/// <summary>A version that a source has.</summary>
/// <param name="Version">The version.</param>
/// <param name="Feed">The source.</param>
internal sealed record OfferedVersion(NuGetVersion Version, PackageFeed Feed);
