using CloudSage.PluginHost.Registration;

namespace CloudSage.PluginHost.NuGet;

/// <summary>The package that a registered plugin came from, as <see cref="LockedPlugin.Origin"/> names it.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">Its version.</param>
public sealed record PackageOrigin(string Id, string Version)
{
    private const string Scheme = "nuget:";

    /// <summary>Reads what a lock file names.</summary>
    /// <param name="origin">Such as <c>nuget:Contoso.Optimizer/1.2.0</c>.</param>
    /// <returns>The package; null where the plugin did not come from one.</returns>
    public static PackageOrigin? Parse(string? origin)
        => origin is not null && origin.StartsWith(Scheme, StringComparison.Ordinal) && origin[Scheme.Length..].Split('/') is [{ Length: > 0 } id, { Length: > 0 } version]
            ? new PackageOrigin(id, version) : null;

    /// <summary>What the lock file keeps of a plugin that is installed from a package.</summary>
    /// <param name="package">The plugin's own package.</param>
    /// <param name="range">The versions that updates may take; null for any.</param>
    /// <returns>The origin, with the package's signer.</returns>
    public static PluginOrigin Of(PlannedPackage package, string? range)
    {
        ArgumentNullException.ThrowIfNull(package);
        return new PluginOrigin($"{Scheme}{package.Id}/{package.Version}") { Range = range, Signer = package.Signature.Signers.Select(static s => s.Fingerprint).FirstOrDefault() };
    }
}
