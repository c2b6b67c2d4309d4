using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudSage.PluginHost.NuGet.Feeds;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging;
using NuGet.Packaging.Signing;

namespace CloudSage.PluginHost.NuGet.Signatures;

/// <summary>Verifies who signed a package, with NuGet's own verification. Offline it cannot know of revocations, and says so.</summary>
internal sealed class SignatureCheck
{
    private readonly RevocationMode _revocation;
    private readonly PackageSignatureVerifier _verifier = new([new IntegrityVerificationProvider(), new SignatureTrustAndValidityVerificationProvider()]);

    // The roots that the SDK trusts, where they lie beside NuGet's assembly; without them no chain ends in a trusted root on Linux and macOS.
    public SignatureCheck(bool asksForRevocations)
    {
        X509TrustStore.InitializeForDotNetSdk(NullLogger.Instance);
        _revocation = asksForRevocations ? SettingsUtility.GetRevocationMode(EnvironmentVariableWrapper.Instance) : RevocationMode.Offline;
    }

    /// <summary>The signature of a package, and the reason why it does not hold; null where it does, or where there is none.</summary>
    public async Task<(PackageSignature Signature, string? Fault)> VerifyAsync(CachedPackage package, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(package.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var reader = new PackageArchiveReader(file, leaveStreamOpen: true);
        try
        {
            if (!await reader.IsSignedAsync(cancellationToken).ConfigureAwait(false)) return (PackageSignature.None, null);
            var signers = SignersOf((await reader.GetPrimarySignatureAsync(cancellationToken).ConfigureAwait(false))!);
            var integrity = await _verifier.VerifySignaturesAsync(reader, Settings(mustBeTrusted: false), cancellationToken, Guid.Empty).ConfigureAwait(false);
            if (!integrity.IsValid)
                return (new PackageSignature(signers, IsValid: false, IsTrusted: false, IsRevocationKnown: false), Words(integrity));
            var trust = await _verifier.VerifySignaturesAsync(reader, Settings(mustBeTrusted: true), cancellationToken, Guid.Empty).ConfigureAwait(false);
            if (trust.Results.SelectMany(static r => r.GetErrorIssues()).FirstOrDefault(static i => i.Code == NuGetLogCode.NU3012) is { } revoked)
                return (new PackageSignature(signers, IsValid: false, IsTrusted: false, IsRevocationKnown: true), $"{revoked.Code}: {revoked.Message}");
            var asked = _revocation == RevocationMode.Online && trust.Results.SelectMany(static r => r.Issues).All(static i => i.Code is not (NuGetLogCode.NU3018 or NuGetLogCode.NU3028));
            return (new PackageSignature(signers, IsValid: true, trust.IsValid, IsRevocationKnown: trust.IsValid && asked), null);
        }
        catch (Exception e) when (e is SignatureException or CryptographicException or InvalidDataException)
        {
            // A signature file that is none, or an archive that was changed around it.
            return (new PackageSignature([], IsValid: false, IsTrusted: false, IsRevocationKnown: false), $"{(e as SignatureException)?.Code.ToString() ?? "NU3000"}: {e.Message}");
        }
    }

    private SignedPackageVerifierSettings Settings(bool mustBeTrusted) => new(
        allowUnsigned: false, allowIllegal: false, allowUntrusted: !mustBeTrusted, allowIgnoreTimestamp: !mustBeTrusted, allowMultipleTimestamps: true,
        allowNoTimestamp: true, allowUnknownRevocation: true, reportUnknownRevocation: mustBeTrusted, VerificationTarget.All, SignaturePlacement.Any,
        // Whoever countersigned may be pinned, so what is there of it must hold, also where the trust in the package does not hang on it.
        mustBeTrusted ? SignatureVerificationBehavior.IfExistsAndIsNecessary : SignatureVerificationBehavior.IfExists,
        mustBeTrusted ? _revocation : RevocationMode.Offline);

    private static List<PackageSigner> SignersOf(PrimarySignature signature)
    {
        var signers = new List<PackageSigner>();
        Add(signature.Type == SignatureType.Repository ? SignerRole.Repository : SignerRole.Author, signature.SignerInfo.Certificate);
        Add(SignerRole.Repository, RepositoryCountersignature.GetRepositoryCountersignature(signature)?.SignerInfo.Certificate);
        return signers;

        void Add(SignerRole role, X509Certificate2? certificate)
        {
            if (certificate is not null)
                signers.Add(new PackageSigner(role, Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))) { Subject = certificate.Subject });
        }
    }

    private static string Words(VerifySignaturesResult result)
        => string.Join(" ", result.Results.SelectMany(static r => r.GetErrorIssues()).Select(static i => $"{i.Code}: {i.Message}").Distinct());
}
