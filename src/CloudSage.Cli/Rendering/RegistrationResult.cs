using System.Text.Json.Serialization;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;

namespace CloudSage.Cli.Rendering;

/// <summary>What came of registering a plugin.</summary>
/// <param name="Registered">Whether it is in place and in the lock file.</param>
/// <param name="Plugin">Its name; null where that could not be read.</param>
/// <param name="Locked">Its line in the lock file; null where it was refused.</param>
/// <param name="Findings">What was found.</param>
internal sealed record RegistrationResult(bool Registered, string? Plugin, LockedPlugin? Locked, IReadOnlyList<Finding> Findings)
{
    /// <summary>Its manifest, for people; null where it was refused.</summary>
    [JsonIgnore]
    public PluginManifest? Manifest { get; init; }

    public static RegistrationResult Refused(string? plugin, IReadOnlyList<Finding> findings) => new(false, plugin, null, findings);
}
