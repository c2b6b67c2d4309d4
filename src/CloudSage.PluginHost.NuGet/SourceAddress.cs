using System.Security.Cryptography;
using System.Text;

namespace CloudSage.PluginHost.NuGet;

/// <summary>How sources are told apart and shown.</summary>
internal static class SourceAddress
{
    public static bool AreSame(string one, string other)
        => string.Equals(one.TrimEnd('/', '\\'), other.TrimEnd('/', '\\'), IsWeb(one) || OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>The address without user, password and query, which may be secrets.</summary>
    public static string Shown(string address)
        => IsWeb(address) && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : address;

    /// <summary>A name for a folder: the same for addresses that are the same.</summary>
    public static string Key(string address)
    {
        var trimmed = address.TrimEnd('/', '\\');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(IsWeb(address) || OperatingSystem.IsWindows() ? trimmed.ToUpperInvariant() : trimmed)))[..16];
    }

    private static bool IsWeb(string address) => address.StartsWith("http", StringComparison.OrdinalIgnoreCase);
}
