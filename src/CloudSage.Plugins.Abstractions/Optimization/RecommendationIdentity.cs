using System.Security.Cryptography;
using System.Text;

namespace CloudSage.Plugins.Optimization;

/// <summary>Makes the stable identity of a recommendation.</summary>
public static class RecommendationIdentity
{
    /// <summary>The first 16 bytes of the SHA-256 of resource, action and target, in lower-case hexadecimal digits.</summary>
    /// <param name="resourceId">FOCUS ResourceId.</param>
    /// <param name="action">What to do.</param>
    /// <param name="target">What is proposed; empty where the resource is to go.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Create(string resourceId, OptimizationAction action, string target = "")
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{resourceId}\n{action}\n{target}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
