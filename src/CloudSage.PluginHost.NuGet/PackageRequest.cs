namespace CloudSage.PluginHost.NuGet;

/// <summary>Which package is to become a plugin, and from where.</summary>
/// <param name="Id">The package's id, such as <c>Contoso.Rightsizer</c>.</param>
public sealed record PackageRequest(string Id)
{
    /// <summary>
    /// A version such as <c>1.2.0</c>, which is then taken exactly, or a range as NuGet writes them, such as <c>[1.0,2.0)</c> or <c>1.*</c>, of which the
    /// highest version is taken. Null, the default, takes the highest of all.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>Names of configured sources, or addresses and folders. Empty, the default, means <see cref="Source"/>, or all that NuGet.Config enables.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>
    /// The address of the source that the plugin came from, as the lock file keeps it (<see cref="Registration.LockedPlugin.Source"/>); null, the default, for a
    /// plugin that is new. Where <see cref="Sources"/> names none, the plugin's own package is taken from there alone, and what it needs from wherever
    /// NuGet.Config says.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>Whether a prerelease may be taken where <see cref="Version"/> does not name one. Default: false.</summary>
    public bool AllowPrerelease { get; init; }

    /// <summary>Which versions of what the package needs are taken. Default: the lowest that everything accepts, as NuGet does.</summary>
    public DependencyVersions Dependencies { get; init; } = DependencyVersions.Lowest;

    /// <summary>Whether every package must be signed; null, the default, does as <see cref="PackageOptions.Signatures"/> says.</summary>
    public SignatureMode? Signatures { get; init; }

    /// <summary>Who may have signed, besides <see cref="PackageOptions.Signers"/>.</summary>
    public IReadOnlyList<PackageSigner> Signers { get; init; } = [];
}

/// <summary>Which versions of a plugin's dependencies are taken.</summary>
public enum DependencyVersions
{
    /// <summary>The lowest that everything accepts: what the author built and tested with.</summary>
    Lowest,

    /// <summary>The highest that everything accepts.</summary>
    Highest,
}

/// <summary>What is asked of the signatures of packages.</summary>
public enum SignatureMode
{
    /// <summary>Unsigned packages are taken and named; a signature that is there must not be broken.</summary>
    Accept,

    /// <summary>Every package must be signed, by one of the pinned signers where any are pinned, otherwise by someone whom this machine trusts.</summary>
    Require,
}
