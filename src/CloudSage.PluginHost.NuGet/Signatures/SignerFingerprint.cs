namespace CloudSage.PluginHost.NuGet.Signatures;

/// <summary>How a signer's certificate is named.</summary>
internal static class SignerFingerprint
{
    private const int Digits = 64;

    /// <summary>Whether it is the SHA-256 of a certificate, in hexadecimal digits.</summary>
    public static bool IsOne(string? text) => text is { Length: Digits } && text.All(char.IsAsciiHexDigit);
}
