using CloudSage.PluginHost.NuGet.Feeds;
using CloudSage.PluginHost.NuGet.Signatures;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Planning;

/// <summary>Which version of the plugin's own package is meant.</summary>
internal static class RootVersion
{
    /// <exception cref="FindingException">The request cannot be read, or no source has such a version.</exception>
    public static async Task<PackageIdentity> ChooseAsync(PackageRequest request, PackageSources sources, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Id) || !PackageIdValidator.IsValidPackageId(request.Id))
            throw Bad($"'{request.Id}' is not a package id.", "Write letters, digits, dots, hyphens and underscores, such as Contoso.Rightsizer.");
        if (request.Signers.FirstOrDefault(static s => !SignerFingerprint.IsOne(s.Fingerprint)) is { } signer)
            throw Bad($"'{signer.Fingerprint}' is not the SHA-256 of a certificate.", "Write its 64 hexadecimal digits.");
        if (NuGetVersion.TryParse(request.Version, out var exact) && exact is not null) return new PackageIdentity(request.Id, exact);

        var range = RangeOf(request);
        var offered = await sources.ListedAsync(request.Id, cancellationToken).ConfigureAwait(false);
        return Highest(request, range, offered) is { } best ? new PackageIdentity(request.Id, best) : throw NotFound(request, range.PrettyPrint(), offered);
    }

    /// <summary>The highest version within the range that was asked for.</summary>
    public static NuGetVersion? Highest(PackageRequest request, VersionRange range, IEnumerable<OfferedVersion> offered)
        => offered.Select(static o => o.Version).LastOrDefault(v => Allows(request, range, v));

    /// <summary>Whether a version may be taken for a request of that range.</summary>
    public static bool Allows(PackageRequest request, VersionRange range, NuGetVersion version)
        => (!version.IsPrerelease || request.AllowPrerelease || range.MinVersion?.IsPrerelease == true || range.Float?.IncludePrerelease == true) && Satisfies(range, version);

    /// <summary>Whether a version is within a range. A floating one has a lower bound, and no upper one that <c>Satisfies</c> would heed.</summary>
    public static bool Satisfies(VersionRange range, NuGetVersion version)
        => range.IsFloating ? range.Float!.Satisfies(version) : range.Satisfies(version);

    /// <summary>The versions that a request allows. One version means exactly that, where NuGet would take it for the lowest.</summary>
    /// <exception cref="FindingException">It cannot be read.</exception>
    public static VersionRange RangeOf(PackageRequest request)
        => request.Version is null ? VersionRange.All
            : NuGetVersion.TryParse(request.Version, out var exact) && exact is not null ? new VersionRange(exact, includeMinVersion: true, exact, includeMaxVersion: true)
            : VersionRange.TryParse(request.Version, allowFloating: true, out var range) ? range
            : throw Bad($"'{request.Version}' is neither a version nor a range.", "Write 1.2.0, a range such as [1.0,2.0), or 1.*.");

    /// <summary>The version of a package that is installed, as a lock file has it.</summary>
    /// <exception cref="FindingException">It cannot be read.</exception>
    public static NuGetVersion Installed(string id, string version)
        => NuGetVersion.TryParse(version, out var known) && known is not null ? known
            : throw Bad($"'{version}', as which {id} is installed, is not a version.", $"Install it again (csg plugins install {id}), or correct its line in the lock file.");

    /// <summary>Whether a range has room for one version alone.</summary>
    public static bool IsPinned(VersionRange range) => range is { IsFloating: false, MinVersion: { } least, MaxVersion: { } most } && least == most;

    public static FindingException NotFound(PackageRequest request, string wanted, IReadOnlyList<OfferedVersion> offered)
        => new(Finding.Error(PackageCodes.NotFound,
            offered.Count == 0 ? $"No source has the package '{request.Id}'."
                : $"No source has {request.Id} {wanted}; there are {string.Join(", ", offered.TakeLast(8).Select(static o => o.Version.ToNormalizedString()))}.",
            offered.Count == 0 ? "Correct the id, or name the source that has it." : "Take one of these, or allow prereleases if only such suit."));

    private static FindingException Bad(string message, string remedy) => new(Finding.Error(PackageCodes.BadRequest, message, remedy));
}
