namespace CloudSage.PluginHost.NuGet;

/// <summary>What there is of a package beyond the version that is installed.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Installed">The version that was asked about.</param>
/// <param name="Allowed">The highest version within the range that was asked for; null where none is higher than the installed one.</param>
/// <param name="Latest">The highest version of all; null where none is higher than the installed one.</param>
/// <param name="Findings">Why it could not be told; then both versions are null.</param>
public sealed record OutdatedPackage(string Id, string Installed, string? Allowed, string? Latest, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether one version alone is allowed: then no update takes another.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Whether there is a higher version, within the range or not.</summary>
    public bool IsOutdated => Latest is not null;
}
