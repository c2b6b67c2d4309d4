namespace CloudSage.PluginHost.Advisories.Records;

/// <summary>A vulnerability, as far as it concerns packages of the ecosystems that are known here.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Summary">What it is; empty where the record does not say.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Affected">Which versions of which packages.</param>
internal sealed record Advisory(string Id, IReadOnlyList<string> Aliases, string Summary, AdvisorySeverity Severity, IReadOnlyList<AffectedPackage> Affected);

/// <summary>The affected versions of one package: those that are listed, and those in one of the ranges.</summary>
internal sealed record AffectedPackage(PackageKey Package, IReadOnlyList<string> Versions, IReadOnlyList<IReadOnlyList<RangeEvent>> Ranges);

/// <summary>A point in the order of versions at which a package begins or ceases to be affected.</summary>
internal sealed record RangeEvent(RangeEventKind Kind, string Version);

internal enum RangeEventKind
{
    /// <summary>From this version on it is affected.</summary>
    Introduced,

    /// <summary>From this version on it is not.</summary>
    Fixed,

    /// <summary>Above this version it is not.</summary>
    LastAffected,
}
