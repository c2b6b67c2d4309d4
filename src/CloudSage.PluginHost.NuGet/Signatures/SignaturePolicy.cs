using CloudSage.PluginHost.NuGet.Feeds;

namespace CloudSage.PluginHost.NuGet.Signatures;

/// <summary>What follows from the signatures of a plugin's packages.</summary>
/// <param name="mode">What is asked of them.</param>
/// <param name="pinned">Who may have signed; empty for whoever this machine trusts.</param>
internal sealed class SignaturePolicy(SignatureMode mode, IReadOnlyCollection<PackageSigner> pinned)
{
    private readonly List<string> _unsigned = [];
    private readonly List<string> _unknown = [];
    private readonly List<string> _unasked = [];
    private readonly List<Finding> _broken = [];

    /// <summary>Takes down one package.</summary>
    /// <returns>Its signature, trusted where its signer is pinned.</returns>
    public PackageSignature Judge(CachedPackage package, PackageSignature signature, string? fault)
    {
        var name = package.Identity.ToString();
        if (fault is not null)
        {
            _broken.Add(Finding.Error(PackageCodes.SignatureBroken, $"The signature of {name} does not hold. {fault}", "Fetch the package again; do not use this one."));
            return signature;
        }

        if (!signature.IsSigned)
        {
            _unsigned.Add(name);
            return signature;
        }

        var isPinned = signature.Signers.Any(pinned.Contains);
        if (pinned.Count > 0 ? !isPinned : !signature.IsTrusted) _unknown.Add($"{name} ({string.Join(", ", signature.Signers.Select(Shown))})");
        else if (!signature.IsRevocationKnown) _unasked.Add(name);
        return isPinned ? signature with { IsTrusted = true } : signature;
    }

    /// <summary>What was found, told together: it mostly has one cause.</summary>
    public IEnumerable<Finding> Findings()
    {
        var severity = mode == SignatureMode.Require ? FindingSeverity.Error : FindingSeverity.Info;
        foreach (var finding in _broken) yield return finding;
        if (_unsigned.Count > 0)
        {
            yield return new Finding(PackageCodes.Unsigned, severity, $"Not signed (NU3004): {string.Join(", ", _unsigned)}.",
                "Take signed packages, or accept unsigned ones.");
        }

        if (_unknown.Count > 0)
        {
            yield return new Finding(PackageCodes.SignerUnknown, severity,
                $"Signed by none of {(pinned.Count > 0 ? "the pinned signers" : "those whom this machine trusts (NU3018)")}: {string.Join("; ", _unknown)}.",
                "Pin the signer by its certificate's SHA-256 if it is the right one.");
        }

        if (_unasked.Count > 0)
        {
            yield return new Finding(PackageCodes.RevocationUnknown, FindingSeverity.Info,
                $"Whether their signers' certificates were revoked could not be asked: {string.Join(", ", _unasked)}.", "Verify them where the authorities can be reached.");
        }
    }

    private static string Shown(PackageSigner signer) => $"{(signer.Role == SignerRole.Author ? "author" : "repository")} {signer.Fingerprint}";
}
