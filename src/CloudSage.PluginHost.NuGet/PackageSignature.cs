namespace CloudSage.PluginHost.NuGet;

/// <summary>Who signed a package, as verified; nobody where it is unsigned.</summary>
/// <param name="Signers">The author's and the repository's signature, whichever there are.</param>
/// <param name="IsValid">Whether the content is what was signed.</param>
/// <param name="IsTrusted">Whether this machine trusts a signer's certificate, or it is pinned.</param>
/// <param name="IsRevocationKnown">Whether it could be asked if the certificates were revoked; offline it cannot.</param>
public sealed record PackageSignature(IReadOnlyList<PackageSigner> Signers, bool IsValid, bool IsTrusted, bool IsRevocationKnown)
{
    /// <summary>Whether there is any signature.</summary>
    public bool IsSigned => Signers.Count > 0;

    internal static PackageSignature None { get; } = new([], IsValid: false, IsTrusted: false, IsRevocationKnown: true);
}

/// <summary>Someone who signs packages. Two are equal where role and fingerprint are.</summary>
/// <param name="Role">The author, or the feed.</param>
/// <param name="Fingerprint">The SHA-256 of the certificate, in hexadecimal digits.</param>
public sealed record PackageSigner(SignerRole Role, string Fingerprint)
{
    /// <summary>The certificate's subject, for people; not compared.</summary>
    public string? Subject { get; init; }

    /// <inheritdoc />
    public bool Equals(PackageSigner? other)
        => other is not null && Role == other.Role && string.Equals(Fingerprint, other.Fingerprint, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Role, StringComparer.OrdinalIgnoreCase.GetHashCode(Fingerprint));
}

/// <summary>In which role someone signs a package.</summary>
public enum SignerRole
{
    /// <summary>Whoever made it.</summary>
    Author,

    /// <summary>The feed that offers it.</summary>
    Repository,
}
