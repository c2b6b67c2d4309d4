namespace CloudSage.PluginHost.NuGet;

/// <summary>The listed versions of a package that are higher than one that is installed.</summary>
/// <param name="Allowed">Those within the range that was asked for, ascending.</param>
/// <param name="Latest">The highest of all, within the range or not; null where none is higher.</param>
/// <param name="Findings">Why they could not be told, or which source did not answer.</param>
public sealed record NewerVersions(IReadOnlyList<string> Allowed, string? Latest, IReadOnlyList<Finding> Findings)
{
    /// <summary>The higher versions that the source has and that may not be taken, ascending.</summary>
    public IReadOnlyList<PassedOverVersion> PassedOver { get; init; } = [];
}

/// <summary>A version that a request does not allow.</summary>
/// <param name="Version">The version.</param>
/// <param name="Why">Why it may not be taken.</param>
public sealed record PassedOverVersion(string Version, VersionObstacle Why);

/// <summary>Why a request does not allow a version.</summary>
public enum VersionObstacle
{
    /// <summary>It is not within the range that was asked for.</summary>
    OutOfRange,

    /// <summary>It is a prerelease, and none was asked for.</summary>
    Prerelease,

    /// <summary>Its author withdrew it: it is there for who names it.</summary>
    Unlisted,
}
