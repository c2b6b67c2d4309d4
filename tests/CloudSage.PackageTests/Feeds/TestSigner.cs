using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using CloudSage.PluginHost.NuGet;
using NuGet.Common;
using NuGet.Packaging.Signing;
using HashAlgorithmName = NuGet.Common.HashAlgorithmName;

namespace CloudSage.PackageTests.Feeds;

/// <summary>Someone with a certificate of their own making who signs packages.</summary>
internal sealed class TestSigner : IDisposable
{
    private readonly X509Certificate2 _certificate = Create();

    public PackageSigner As(SignerRole role) => new(role, Convert.ToHexString(SHA256.HashData(_certificate.RawData)));

    /// <summary>Signs a package in its place.</summary>
    public async Task SignAsync(string package, SignerRole role)
    {
        using SignPackageRequest request = role == SignerRole.Author
            ? new AuthorSignPackageRequest(new X509Certificate2(_certificate), HashAlgorithmName.SHA256)
            : new RepositorySignPackageRequest(
                new X509Certificate2(_certificate), HashAlgorithmName.SHA256, HashAlgorithmName.SHA256, new Uri("https://feed.example/v3/index.json"), ["owner"]);
        var signed = package + ".signed";
        using (var options = SigningOptions.CreateFromFilePaths(package, signed, overwrite: true, new X509SignatureProvider(timestampProvider: null), NullLogger.Instance))
            await SigningUtility.SignAsync(options, request, CancellationToken.None);
        File.Move(signed, package, overwrite: true);
    }

    /// <summary>Makes the signature of whoever countersigned another, and leaves all else as it is.</summary>
    public static async Task ForgeCountersignatureAsync(string package)
    {
        var content = await File.ReadAllBytesAsync(package);
        var (before, value) = await ReadAsync(package);
        // It is stored as it is, not compressed.
        content[content.AsSpan().IndexOf(value) + (value.Length / 2)] ^= 1;
        await File.WriteAllBytesAsync(package, content);
        var after = (byte[])before.Clone();
        after[before.AsSpan().IndexOf(value) + (value.Length / 2)] ^= 1;
        Replace(content, System.IO.Hashing.Crc32.Hash(before), System.IO.Hashing.Crc32.Hash(after));
        await File.WriteAllBytesAsync(package, content);
    }

    private static async Task<(byte[] Signature, byte[] Value)> ReadAsync(string package)
    {
        await using var archive = await ZipFile.OpenReadAsync(package);
        await using var entry = await archive.GetEntry(".signature.p7s")!.OpenAsync();
        using var copy = new MemoryStream();
        await entry.CopyToAsync(copy);
        var signature = new SignedCms();
        signature.Decode(copy.ToArray());
        return (copy.ToArray(), signature.SignerInfos[0].CounterSignerInfos[0].GetSignature());
    }

    /// <summary>The checksum, in the entry's own head and in the directory.</summary>
    private static void Replace(byte[] content, byte[] old, byte[] @new)
    {
        for (int at, start = 0; (at = content.AsSpan(start).IndexOf(old)) >= 0; start += at + old.Length) @new.CopyTo(content, start + at);
    }

    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 Create()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=A test's signer", key, System.Security.Cryptography.HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
