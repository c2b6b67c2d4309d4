using CloudSage.PluginHost.Registration;

namespace CloudSage.PluginHost.NuGet;

/// <summary>The package that a registered plugin came from, as <see cref="LockedPlugin.Origin"/> names it.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">Its version.</param>
public sealed record PackageOrigin(string Id, string Version)
{
    private const string Scheme = "nuget:";

    /// <summary>The address of the source that it came from, without user name and password; null where that was not kept.</summary>
    public string? Source { get; init; }

    /// <summary>Reads what a lock file names.</summary>
    /// <param name="origin">Such as <c>nuget:Contoso.Optimizer/1.2.0</c>.</param>
    /// <returns>The package; null where the plugin did not come from one.</returns>
    public static PackageOrigin? Parse(string? origin)
        => origin is not null && origin.StartsWith(Scheme, StringComparison.Ordinal) && origin[Scheme.Length..].Split('/') is [{ Length: > 0 } id, { Length: > 0 } version]
            ? new PackageOrigin(id, version) : null;

    /// <summary>The package that a registered plugin came from.</summary>
    /// <param name="locked">How the plugin is registered.</param>
    /// <returns>The package; null where the plugin did not come from one.</returns>
    public static PackageOrigin? Of(LockedPlugin? locked) => Parse(locked?.Origin) is { } package ? package with { Source = locked?.Source } : null;

    /// <summary>Says that a plugin comes from another source than so far.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="before">How it is registered so far; null where it is not.</param>
    /// <param name="now">Where it comes from now; null where that is no package.</param>
    /// <param name="isNamed">Whether the operator named the source. Otherwise the change is refused: any source that NuGet.Config names could take the plugin over by a higher version.</param>
    /// <returns>The finding, a warning or an error; null where the source is the same, or was not kept.</returns>
    public static Finding? SourceChange(string plugin, LockedPlugin? before, PluginOrigin? now, bool isNamed = true)
        => before?.Source is not { } old || now?.Source is not { } other || SourceAddress.AreSame(old, other) ? null
            : isNamed ? Finding.Warning(PackageCodes.SourceChanged, $"{plugin} came from {old} so far, and comes from {other} now.", "If that is not meant, install it again from where it came from: --source.")
            : Finding.Error(PackageCodes.SourceChanged, $"{plugin} came from {old} so far, and would come from {other} now, which nobody named.",
                $"To take it from where it came from: --source {ShellWord.Of(old)}. If the change is meant, name it: --source {ShellWord.Of(other)}.");

    /// <summary>What the lock file keeps of a plugin that is installed from a package.</summary>
    /// <param name="package">The plugin's own package.</param>
    /// <param name="range">The versions that updates may take; null for any.</param>
    /// <returns>The origin, with the package's signer.</returns>
    public static PluginOrigin Of(PlannedPackage package, string? range)
    {
        ArgumentNullException.ThrowIfNull(package);
        return new PluginOrigin($"{Scheme}{package.Id}/{package.Version}")
        {
            Source = SourceAddress.Shown(package.Source), Range = range, Signer = package.Signature.Signers.Select(static s => s.Fingerprint).FirstOrDefault(),
        };
    }
}
