using System.Net;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>One source: a v3 feed, a v2 feed or a folder. Every question to it ends in time, and every failure names it.</summary>
internal sealed class PackageFeed : IDisposable
{
    private readonly PackageOptions _options;
    private readonly TimeProvider _clock;
    private readonly SourceRepository _repository;
    private readonly SourceCacheContext _cache;

    public PackageFeed(PackageSource source, PackageOptions options, TimeProvider clock)
    {
        (_options, _clock, Source) = (options, clock, source);
        _repository = Repository.Factory.GetCoreV3(source);
        // What an operator asks for is asked of the feed, not of what NuGet remembers of half an hour ago.
        _cache = new SourceCacheContext { NoCache = true, DirectDownload = true, MaxAge = clock.GetUtcNow(), IgnoreFailedSources = false };
    }

    public PackageSource Source { get; }

    public string Address => Source.Source;

    /// <summary>Every version that can be downloaded.</summary>
    /// <exception cref="FindingException">The source fails.</exception>
    public Task<IReadOnlyList<NuGetVersion>> VersionsAsync(string id, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<NuGetVersion>>(async token =>
    {
        var resource = await FindByIdAsync(token).ConfigureAwait(false);
        return [.. await resource.GetAllVersionsAsync(id, _cache, NullLogger.Instance, token).ConfigureAwait(false) ?? []];
    }, _options.Timeout, cancellationToken);

    /// <summary>The versions that are listed: without those that their author withdrew, which are there only for who has them already.</summary>
    /// <exception cref="FindingException">The source fails.</exception>
    public Task<IReadOnlyList<NuGetVersion>> ListedAsync(string id, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<NuGetVersion>>(async token =>
    {
        if (await _repository.GetResourceAsync<MetadataResource>(token).ConfigureAwait(false) is not { } resource)
        {
            // A feed without registrations cannot tell what is listed.
            var all = await FindByIdAsync(token).ConfigureAwait(false);
            return [.. await all.GetAllVersionsAsync(id, _cache, NullLogger.Instance, token).ConfigureAwait(false) ?? []];
        }

        return [.. await resource.GetVersions(id, includePrerelease: true, includeUnlisted: false, _cache, NullLogger.Instance, token).ConfigureAwait(false)];
    }, _options.Timeout, cancellationToken);

    /// <summary>Downloads a package; false where the source does not have it.</summary>
    /// <exception cref="FindingException">The source fails.</exception>
    public async Task<bool> DownloadAsync(PackageIdentity package, Stream target, CancellationToken cancellationToken)
    {
        await using var limited = new LimitedStream(target, _options.MaxFolderBytes);
        var words = new LastWords();
        try
        {
            var found = await AskAsync(async token =>
            {
                var resource = await FindByIdAsync(token).ConfigureAwait(false);
                return await resource.CopyNupkgToStreamAsync(package.Id, package.Version, limited, _cache, words, token).ConfigureAwait(false);
            }, _options.DownloadTimeout, cancellationToken).ConfigureAwait(false);
            if (found || (words.Text is null && !limited.IsExceeded)) return found;
        }
        catch (FindingException) when (limited.IsExceeded)
        {
            // Whatever NuGet made of it: it was ended here.
        }

        throw new FindingException(limited.IsExceeded
            ? Finding.Error(PackageCodes.TooLarge, $"{package} from '{Source.Name}' is larger than {_options.MaxFolderBytes:N0} bytes, which is more than a plugin may have.", "Do not use it; raise the limit if that is right.")
            : Failure($"does not give {package}: {words.Text}"));
    }

    /// <summary>The SHA-512 that the source states of a package, in base64; null where it states none. Folders and v2 feeds do not.</summary>
    /// <exception cref="FindingException">The source fails.</exception>
    public Task<string?> StatedHashAsync(PackageIdentity package, CancellationToken cancellationToken) => AskAsync(async token =>
    {
        if (await _repository.GetResourceAsync<RegistrationResourceV3>(token).ConfigureAwait(false) is not { } registrations) return null;
        var entry = await registrations.GetPackageMetadata(package, _cache, NullLogger.Instance, token).ConfigureAwait(false);
        if (entry is null) return null;
        return HashIn(entry) ?? HashIn(await CatalogLeafAsync(entry, token).ConfigureAwait(false));
    }, _options.Timeout, cancellationToken);

    /// <summary>When a package was published, as the source states it; null where it does not. Folders and v2 feeds do not.</summary>
    /// <exception cref="FindingException">The source fails.</exception>
    public Task<string?> PublishedAsync(PackageIdentity package, CancellationToken cancellationToken) => AskAsync(async token =>
    {
        if (await _repository.GetResourceAsync<RegistrationResourceV3>(token).ConfigureAwait(false) is not { } registrations) return null;
        var entry = await registrations.GetPackageMetadata(package, _cache, NullLogger.Instance, token).ConfigureAwait(false);
        return entry?.Value<string>("published");
    }, _options.Timeout, cancellationToken);

    public void Dispose() => _cache.Dispose();

    /// <summary>Registrations mostly lack the hash, the catalog entry that they refer to has it; a feed without a catalog names what is not there.</summary>
    private async Task<JObject?> CatalogLeafAsync(JObject entry, CancellationToken cancellationToken)
    {
        if (entry.Value<string>("@id") is not { } address || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        var http = (await _repository.GetResourceAsync<HttpSourceResource>(cancellationToken).ConfigureAwait(false))?.HttpSource;
        if (http is null) return null;
        var request = new HttpSourceRequest(uri, NullLogger.Instance) { IgnoreNotFounds = true, RequestTimeout = _options.Timeout, MaxTries = 1 };
        try
        {
            return await http.GetJObjectAsync(request, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FatalProtocolException or HttpRequestException or Newtonsoft.Json.JsonException)
        {
            // Some feeds name catalog entries that are pages for people or of another service: then no hash is stated.
            return null;
        }
    }

    private static string? HashIn(JObject? entry)
        => entry is not null && string.Equals(entry.Value<string>("packageHashAlgorithm") ?? "SHA512", "SHA512", StringComparison.OrdinalIgnoreCase)
            ? entry.Value<string>("packageHash") : null;

    private async Task<FindPackageByIdResource> FindByIdAsync(CancellationToken cancellationToken)
        => await _repository.GetResourceAsync<FindPackageByIdResource>(cancellationToken).ConfigureAwait(false)
            ?? throw new FatalProtocolException("It is neither a feed nor a folder of packages.");

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> question, TimeSpan limit, CancellationToken cancellationToken)
    {
        // NuGet takes a folder that is not there for one without packages.
        if (!Source.IsHttp && !Directory.Exists(UriUtility.GetLocalPath(Address))) throw new FindingException(Failure("cannot be reached: there is no such folder."));
        using var late = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            // Not every part of NuGet heeds its token.
            return await Task.Run(() => question(either.Token), either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or FatalProtocolException && late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FindingException(Failure($"does not answer within {limit.TotalSeconds:0.#} s"));
        }
        catch (Exception e) when (e is NuGetProtocolException or HttpRequestException or IOException or UnauthorizedAccessException or JsonException
            or Newtonsoft.Json.JsonException or InvalidDataException or InvalidOperationException or UriFormatException or ArgumentException)
        {
            // All that NuGet lets through for feeds that are down, refuse, or answer something else.
            cancellationToken.ThrowIfCancellationRequested();
            throw new FindingException(StatusOf(e) is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? Refusal(Reason(e))
                : Failure($"fails: {Reason(e)}"));
        }
    }

    private Finding Refusal(string reason) => Source.Credentials is { } known
        ? Finding.Error(PackageCodes.SourceRefuses, $"The source '{Source.Name}' ({SourceAddress.Shown(Address)}) refuses access to '{known.Username}': {reason}",
            $"Correct user and password in NuGet.Config (packageSourceCredentials), or in the environment variable NuGetPackageSourceCredentials_{Source.Name}.")
        : Finding.Error(PackageCodes.SourceRefuses, $"The source '{Source.Name}' ({SourceAddress.Shown(Address)}) refuses access, and there are no credentials for it: {reason}",
            $"Put user and password into NuGet.Config (packageSourceCredentials), or into the environment variable NuGetPackageSourceCredentials_{Source.Name} as Username=...;Password=...: "
            + "credential providers are not run, so take a token from yours.");

    private Finding Failure(string what) => Finding.Error(
        PackageCodes.SourceFails, $"The source '{Source.Name}' ({SourceAddress.Shown(Address)}) {what}", "See to the source, disable it in NuGet.Config, or name the sources to use.");

    private static HttpStatusCode? StatusOf(Exception? e) => e is null ? null : (e as HttpRequestException)?.StatusCode ?? StatusOf(e.InnerException);

    /// <summary>The innermost words: the outer ones only repeat the address, with whatever it holds.</summary>
    private static string Reason(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message;
    }
}
